using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Windows;

/// <summary>A stretch of one series, oldest first, without gaps filled.</summary>
/// <param name="Key">Which series.</param>
/// <param name="TimesUnixMs">Event times, strictly rising.</param>
/// <param name="Values">As many as there are times, in the canonical unit.</param>
public sealed record SeriesData(SeriesKey Key, long[] TimesUnixMs, double[] Values)
{
    public int Count => TimesUnixMs.Length;
}
