using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Correlation;

/// <summary>Makes what people read of incidents and alerts.</summary>
internal static class IncidentViews
{
    public static IncidentView[] All(IncidentHistory history, EndpointAlertsState state, TopologyMap topology) =>
        [.. history.Entries.OrderByDescending(e => e.OpenedAt).Select(e =>
            View(e, topology) with { AcknowledgedBy = state.Incidents.GetValueOrDefault(e.Latest.IncidentId)?.Acknowledgement?.By })];

    public static IncidentCount Count(EndpointAlertsState state)
    {
        List<IncidentState> open = [.. state.OpenIncidents];
        return new IncidentCount(open.Count, open.Count == 0 ? null : Words.Of(open.Max(i => i.Severity)), state.IsAtRest);
    }

    /// <summary>Every instance that is neither unknown nor normal.</summary>
    public static AlertView[] Alerts(EndpointAlertsState state, AlertContext context) =>
        [.. state.Instances.Values
            .Where(a => a.State is not (AlertState.Unknown or AlertState.Normal))
            .OrderBy(a => a.Entity).ThenBy(a => a.RuleId, StringComparer.Ordinal)
            .Select(a => new AlertView(
                a.RuleId,
                context.Topology.Format(a.Entity),
                a.Residual.ToString(),
                a.State.ToString(),
                context.Policies.TryGetValue(a.RuleId, out AlertPolicy? policy) ? Words.Of(policy.Severity) : "info",
                a.Episode.EpisodeId,
                a.Episode.Onset ?? a.LastAsOf ?? default,
                state.Incidents.Values.FirstOrDefault(i => i.Members.Any(m => m.EpisodeId == a.Episode.EpisodeId))?.Id,
                a.Evidence.Text))];

    private static IncidentView View(HistoryEntry entry, TopologyMap topology)
    {
        IncidentEvent incident = entry.Latest;
        return new IncidentView(
            incident.IncidentId,
            incident.State == "resolved" ? "resolved" : "open",
            incident.Endpoint,
            incident.Diagnosis.Pattern.Id(),
            Words.Of(incident.Severity),
            incident.Onset,
            entry.OpenedAt,
            incident.Time,
            incident.State == "resolved" ? incident.Time : null,
            incident.Diagnosis.Title,
            incident.Diagnosis.Summary,
            [.. incident.Diagnosis.Causes.Select(c => new CauseView(
                c.Rank, topology.Format(c.Entity), c.Metric.Text, c.Score, c.Confidence, c.LeadSeconds, c.LeadResolutionSeconds, [.. c.Evidence], [.. c.Against]))],
            [.. incident.Members.Select(m => new MemberView(m.Rule, m.Entity, m.Episode, m.State, m.Since, m.Evidence))],
            [.. incident.Diagnosis.RuledOut],
            [.. entry.Notifications.Select(n => new NotificationView(
                n.Event.NotificationId, n.Event.Time, n.Event.Kind, n.Event.Reason, n.Event.Receiver, n.Outcome ?? "Pending", n.Event.Subject))],
            entry.OpenedAtWallClock,
            Feedback: entry.Feedback.Count > 0 ? [.. entry.Feedback.Select(f => f.ToView())] : null);
    }
}
