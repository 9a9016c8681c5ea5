using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One alert instance.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.alert-view")]
public sealed record AlertView(
    [property: Id(0)] string Rule,
    [property: Id(1)] string Entity,
    [property: Id(2)] string Labels,
    [property: Id(3)] string State,
    [property: Id(4)] string Severity,
    [property: Id(5)] string? Episode,
    [property: Id(6)] Timestamp Since,
    [property: Id(7)] string? IncidentId,
    [property: Id(8)] string Evidence);
