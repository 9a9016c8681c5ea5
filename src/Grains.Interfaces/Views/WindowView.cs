using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One series, as people read it. All statistics are over the non-empty buckets of the window; null: none.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.window-view")]
public sealed record WindowView(
    [property: Id(0)] string Metric,
    [property: Id(1)] string Unit,
    [property: Id(2)] string Labels,
    [property: Id(3)] double? Last,
    [property: Id(4)] Timestamp? LastTime,
    [property: Id(5)] double? Avg5m,
    [property: Id(6)] double? Min5m,
    [property: Id(7)] double? Max5m,
    [property: Id(8)] double? Avg1h,
    [property: Id(9)] double? Max1h,
    [property: Id(10)] int Buckets1h);
