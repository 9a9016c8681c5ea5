using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One quality number with how sure it is; see QualityEstimate in the core.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.quality-view")]
public sealed record QualityView(
    [property: Id(0)] string Dimension,
    [property: Id(1)] double? Value,
    [property: Id(2)] double? Lower,
    [property: Id(3)] double? Upper,
    [property: Id(4)] int N,
    [property: Id(5)] double EffectiveN,
    [property: Id(6)] double UnknownShare,
    [property: Id(7)] Timestamp? Newest);
