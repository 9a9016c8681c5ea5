using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>One thing that is open now and may be told: an incident, missing data or a fault.</summary>
/// <param name="Episode">Its episode: what receivers are told of, once.</param>
/// <param name="Family">What it is.</param>
/// <param name="IncidentId">The incident; null for missing data and faults.</param>
/// <param name="Fingerprint">The alert that missing data or the fault belongs to; null for an incident.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Labels">For routing and grouping.</param>
/// <param name="Onset">Event time of its beginning.</param>
/// <param name="IsAcknowledged">True: not repeated.</param>
/// <param name="IsCauseChanged">True: its first cause is another than the one that was told.</param>
/// <param name="Suppressions">Why it is held back, apart from the route's own times; empty: it is not.</param>
public sealed record Notifiable(
    string Episode,
    NotificationFamily Family,
    string? IncidentId,
    string? Fingerprint,
    Severity Severity,
    AlertLabels Labels,
    Timestamp Onset,
    bool IsAcknowledged,
    bool IsCauseChanged,
    ImmutableArray<Suppression> Suppressions);
