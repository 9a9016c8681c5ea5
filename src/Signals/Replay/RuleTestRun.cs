using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Testing;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>What came of one rule test: the states after each bucket, and what was told.</summary>
internal sealed class RuleTestRun(Timestamp start, TopologyMap topology, RuleSet rules) : IRuleTestRun
{
    private readonly List<(Timestamp Time, string Rule, EntityId Entity, AlertState State)> _states = [];
    private readonly List<StoryEvent> _story = [];
    private readonly Dictionary<string, IReadOnlyList<StoryMember>> _members = new(StringComparer.Ordinal);

    public void Add(Timestamp time, IReadOnlyList<StoryEvent> story, EndpointAlertsState alerts)
    {
        _states.AddRange(alerts.Instances.Values.Select(a => (time, a.RuleId, a.Entity, a.State)));
        _story.AddRange(story);
        foreach (IncidentEvent incident in story.OfType<IncidentEvent>())
        {
            _members[incident.IncidentId] = incident.Members;
        }
    }

    public string? StateOf(string ruleId, string? entity, TimeSpan at)
    {
        Timestamp now = start + at;
        var found = _states.Where(s => s.Rule == ruleId && s.Time <= now && (entity is null || topology.Format(s.Entity) == entity)).ToList();
        if (found.Count == 0)
        {
            bool isBound = rules.Find(ruleId) is { } rule && RuleSelection.Select(rule, topology).Any(t => entity is null || topology.Format(t.Entity) == entity);
            return isBound ? AlertState.Unknown.ToString() : null;
        }

        Timestamp latest = found.Max(s => s.Time);
        return found.Where(s => s.Time == latest).Select(s => s.State).OrderByDescending(Loudness).First().ToString();
    }

    public int Notifications(string? ruleId, Severity? severity, TimeSpan until) => _story.OfType<NotificationEvent>().Count(n =>
        n.Time <= start + until
        && n.SuppressedBy is null
        && n.Kind == NotificationKind.Firing.Id()
        && (severity is null || n.Severity == severity)
        && (ruleId is null || (n.IncidentId is { } id && _members.TryGetValue(id, out IReadOnlyList<StoryMember>? members) && members.Any(m => m.Rule == ruleId))));

    public int Incidents(TimeSpan until) => _story.OfType<IncidentEvent>().Count(i => i.State == "open" && i.Time <= start + until);

    private static int Loudness(AlertState state) => state switch
    {
        AlertState.Firing => 5,
        AlertState.Recovering => 4,
        AlertState.Pending => 3,
        AlertState.NoData => 2,
        AlertState.Normal => 1,
        _ => 0,
    };
}
