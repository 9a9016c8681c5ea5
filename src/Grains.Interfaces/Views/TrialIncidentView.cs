using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>An incident that was told while the windows of a trial were filled.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Severity">page, warn or info.</param>
/// <param name="OpenedAt">Event time.</param>
/// <param name="ResolvedAt">Event time; null: it is open.</param>
/// <param name="Rules">Rules of its members, each once.</param>
/// <param name="Notifications">How many were told of it.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.trial-incident-view")]
public sealed record TrialIncidentView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Severity,
    [property: Id(2)] Timestamp OpenedAt,
    [property: Id(3)] Timestamp? ResolvedAt,
    [property: Id(4)] string[] Rules,
    [property: Id(5)] int Notifications);
