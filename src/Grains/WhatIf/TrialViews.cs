using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.WhatIf;

namespace Grainwatch.Grains.WhatIf;

/// <summary>Makes what people read of a trial.</summary>
internal static class TrialViews
{
    public static TrialView Nothing(string endpoint) => new(endpoint, null, null, [], [], []);

    public static TrialView View(string endpoint, EndpointTrial trial, TopologyMap topology, IEnumerable<IncidentView> incidents) => new(
        endpoint,
        trial.From,
        trial.To,
        [.. trial.Candidate.Select(r => Rule(r, topology, trial.To))],
        [.. trial.Present.Select(r => Rule(r, topology, trial.To))],
        [.. incidents.Where(i => i.OpenedAt <= trial.To && (i.ResolvedAt is not { } ended || ended >= trial.From))
            .Select(i => new TrialIncidentView(
                i.Id, i.Severity, i.OpenedAt, i.ResolvedAt, [.. i.Members.Select(m => m.Rule).Distinct().Order(StringComparer.Ordinal)],
                i.Notifications.Length))]);

    private static TrialRuleView Rule(TrialRule rule, TopologyMap topology, Timestamp end) => new(
        rule.Rule.Id,
        rule.Rule.Version,
        Words.Of(rule.Rule.Severity),
        rule.Targets,
        rule.Fired,
        rule.NearMisses,
        rule.LongestHold.TotalSeconds,
        [.. rule.Episodes.Select(e => new TrialEpisodeView(
            topology.Format(e.Entity), e.Residual.ToString(), e.Onset, e.FiredAt, e.EndedAt, ((e.EndedAt ?? end) - e.FiredAt).TotalSeconds,
            e.EndReason.Length > 0 ? e.EndReason : null, e.Flaps, e.Evidence))],
        rule.NotJudged?.ToString());
}
