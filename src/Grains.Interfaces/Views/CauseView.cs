namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One probable cause of an incident; see RankedCause in the core.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.cause-view")]
public sealed record CauseView(
    [property: Id(0)] int Rank,
    [property: Id(1)] string Entity,
    [property: Id(2)] string Metric,
    [property: Id(3)] double Score,
    [property: Id(4)] double? Confidence,
    [property: Id(5)] double LeadSeconds,
    [property: Id(6)] double LeadResolutionSeconds,
    [property: Id(7)] string[] Evidence,
    [property: Id(8)] string[] Against);
