using System.Collections.Immutable;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// What a step asks the shell to do. Everything but an unrecorded page happens only after the state that came with it
/// was written.
/// </summary>
public abstract record EndpointEffect
{
    private EndpointEffect()
    {
    }

    /// <summary>An alert went from one state to another.</summary>
    public sealed record TransitionRecorded(
        Timestamp Time,
        string RuleId,
        string RuleVersion,
        EntityId Entity,
        LabelSet Residual,
        string Fingerprint,
        string? EpisodeId,
        AlertState From,
        AlertState To,
        AlertReason Reason,
        Evidence Evidence) : EndpointEffect;

    public sealed record IncidentChanged(IncidentChange Change, IncidentState Incident) : EndpointEffect;

    /// <summary>The members that fire now want an explanation.</summary>
    public sealed record DiagnosisWanted(string IncidentId, ImmutableArray<IncidentMember> Members, Timestamp Onset) : EndpointEffect;

    public sealed record NotificationPlanned(OutboxRow Row) : EndpointEffect;

    /// <summary>Publish now, and answer with <see cref="EndpointInput.Answered"/>.</summary>
    public sealed record PublishWanted(OutboxRow Row, NotificationBody Body) : EndpointEffect;

    /// <summary>The row is Sent, Uncertain, Dead or Cancelled and belongs to history now.</summary>
    public sealed record NotificationFinished(OutboxRow Row) : EndpointEffect;
}
