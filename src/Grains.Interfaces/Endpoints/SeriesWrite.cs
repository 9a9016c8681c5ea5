using Grainwatch.Signals.Metrics;

namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>New points of one series.</summary>
/// <param name="Series">Which series, values in the canonical unit.</param>
/// <param name="IsCumulative">True: values are a running total that the owner of the windows turns into increases.</param>
/// <param name="TimesUnixMs">Event times.</param>
/// <param name="Values">As many as there are times; NaN is a stale marker: missing from now on.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.series-write")]
public sealed record SeriesWrite(
    [property: Id(0)] SeriesKey Series,
    [property: Id(1)] bool IsCumulative,
    [property: Id(2)] long[] TimesUnixMs,
    [property: Id(3)] double[] Values);
