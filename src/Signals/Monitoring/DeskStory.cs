using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Monitoring;

/// <summary>Turns effects of an endpoint's alerts into events that people and <c>replay</c> read.</summary>
internal static class DeskStory
{
    public static TransitionEvent Transition(EndpointEffect.TransitionRecorded effect, TopologyMap topology) => new(
        effect.Time,
        effect.RuleId,
        effect.RuleVersion,
        topology.Format(effect.Entity) + effect.Residual,
        effect.EpisodeId,
        effect.From.ToString(),
        effect.To.ToString(),
        effect.Reason.ToString(),
        effect.Evidence);

    public static IncidentEvent Incident(EndpointEffect.IncidentChanged effect, TopologyMap topology, Timestamp now)
    {
        IncidentState incident = effect.Incident;
        return new IncidentEvent(
            now,
            incident.Id,
            effect.Change switch
            {
                IncidentChange.Opened => "open",
                IncidentChange.Updated => "updated",
                _ => "resolved",
            },
            incident.Endpoint,
            incident.Severity,
            incident.Diagnosis?.Onset?.FirstAbnormal ?? incident.Onset,
            incident.Diagnosis ?? Pending(incident),
            [.. incident.Members.Select(m => new StoryMember(
                m.RuleId, topology.Format(m.Entity), m.EpisodeId, m.IsFiring ? "firing" : "ended", m.Onset, m.Text))]);
    }

    public static NotificationEvent Notification(EndpointEffect.PublishWanted effect, Timestamp now) => new(
        now,
        effect.Row.Id,
        effect.Body.Incidents is [{ } incident, ..] ? incident.Id : null,
        effect.Row.Kind.Id(),
        effect.Row.Why.Id(),
        effect.Row.Severity,
        effect.Row.Receiver,
        effect.Body.Subject,
        null);

    private static Diagnosis Pending(IncidentState incident) => new(
        incident.Members[0].Entity,
        null,
        IncidentPattern.Unknown,
        null,
        [],
        [],
        $"{incident.Members[0].Entity}: {incident.Members[0].RuleId}",
        incident.Members[0].Text,
        0);
}
