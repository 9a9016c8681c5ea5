using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>One alert that belongs, or belonged, to an incident.</summary>
/// <param name="Fingerprint">The alert.</param>
/// <param name="EpisodeId">Its episode.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="Entity">Of whom.</param>
/// <param name="Severity">Of the rule.</param>
/// <param name="Onset">Event time of its first True.</param>
/// <param name="Text">Its evidence when it joined, in one sentence.</param>
/// <param name="EndedAt">Null: it fires now.</param>
/// <param name="EndReason">Why it ended.</param>
public sealed record IncidentMember(
    string Fingerprint,
    string EpisodeId,
    string RuleId,
    EntityId Entity,
    Severity Severity,
    Timestamp Onset,
    string Text,
    Timestamp? EndedAt = null,
    AlertReason? EndReason = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFiring => EndedAt is null;
}
