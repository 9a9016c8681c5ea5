using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How <see cref="SeriesData"/> crosses a wire.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.series-data")]
public readonly record struct SeriesDataSurrogate(
    [property: Id(0)] SeriesKey Key,
    [property: Id(1)] long[] TimesUnixMs,
    [property: Id(2)] double[] Values);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class SeriesDataConverter : IConverter<SeriesData, SeriesDataSurrogate>
{
    public SeriesData ConvertFromSurrogate(in SeriesDataSurrogate surrogate) => new(surrogate.Key, surrogate.TimesUnixMs, surrogate.Values);

    public SeriesDataSurrogate ConvertToSurrogate(in SeriesData value) => new(value.Key, value.TimesUnixMs, value.Values);
}
