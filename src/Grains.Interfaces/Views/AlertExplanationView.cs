using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>Where an alert stands on its way to people.</summary>
/// <param name="State">Unknown, Normal, Pending, Firing, Recovering or NoData.</param>
/// <param name="Page">NothingOpen, Pending, Observed, Suppressed, AwaitsSilences, AwaitsDiagnosis, AwaitsGroup, UnderWay, Told or
/// Lost.</param>
/// <param name="Episode">The open episode; null: none.</param>
/// <param name="Onset">Of the episode.</param>
/// <param name="HeldSeconds">Certified time for which the condition held.</param>
/// <param name="KeptSeconds">Certified time for which the contrary has held while it recovers.</param>
/// <param name="Stale">True: the data stopped and the rule keeps its state.</param>
/// <param name="Faulted">True: the rule cannot be computed, and that is told.</param>
/// <param name="Incident">The incident that it is a member of.</param>
/// <param name="Severity">Of that incident.</param>
/// <param name="AcknowledgedBy">Who takes care of it.</param>
/// <param name="Suppressions">What holds the page back, as kind:name.</param>
/// <param name="Silences">Silences that match this alert now.</param>
/// <param name="Receivers">What each receiver knows, or when it will.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.alert-explanation-view")]
public sealed record AlertExplanationView(
    [property: Id(0)] string State,
    [property: Id(1)] string Page,
    [property: Id(2)] string? Episode,
    [property: Id(3)] Timestamp? Onset,
    [property: Id(4)] double HeldSeconds,
    [property: Id(5)] double KeptSeconds,
    [property: Id(6)] bool Stale,
    [property: Id(7)] bool Faulted,
    [property: Id(8)] string? Incident,
    [property: Id(9)] string? Severity,
    [property: Id(10)] string? AcknowledgedBy,
    [property: Id(11)] string[] Suppressions,
    [property: Id(12)] string[] Silences,
    [property: Id(13)] ReceiverWordView[] Receivers);
