using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>New points of one source series; see SourceSeries in the core.</summary>
/// <param name="Series">Which series it belongs to.</param>
/// <param name="IsCumulative">True: values are a running total that the owner of the windows turns into increases.</param>
/// <param name="TimesUnixMs">Event times.</param>
/// <param name="Values">As many as there are times, in the canonical unit; NaN: the source says that the series ended.</param>
/// <param name="HistogramPart">Which part of a classic histogram it is.</param>
/// <param name="UpperBound">The bound of a bucket, else NaN.</param>
/// <param name="Part">The labels that are aggregated away; empty: none.</param>
/// <param name="Source">By what hash the series will be known from now on; none: it will not.</param>
/// <param name="Scale">From the unit of the source to the canonical one, where the series is known by its hash.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.series-write")]
public sealed record SeriesWrite(
    [property: Id(0)] SeriesKey Series,
    [property: Id(1)] bool IsCumulative,
    [property: Id(2)] long[] TimesUnixMs,
    [property: Id(3)] double[] Values,
    [property: Id(4)] HistogramPart HistogramPart = HistogramPart.None,
    [property: Id(5)] double UpperBound = double.NaN,
    [property: Id(6)] string Part = "",
    [property: Id(7)] SourceHash Source = default,
    [property: Id(8)] double Scale = 1);
