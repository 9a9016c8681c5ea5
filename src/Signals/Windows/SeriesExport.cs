using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Windows;

/// <summary>Hands whole series to those who work on all of them at once, such as the correlation.</summary>
public static class SeriesExport
{
    /// <summary>At most this many points of a series; the newest ones.</summary>
    public const int MaxPoints = 16_384;

    /// <summary>Every series with the buckets that start in [from, to], by column; series without any are left out.</summary>
    public static IReadOnlyList<SeriesData> Export(this ISeriesReader reader, Timestamp from, Timestamp to)
    {
        ArgumentNullException.ThrowIfNull(reader);
        IReadOnlyList<SeriesKey> series = reader.Series;
        List<SeriesData> all = new(series.Count);
        for (int column = 0; column < series.Count; column++)
        {
            (long[] times, double[] values) = CopyColumn(reader, column, from, to);
            if (times.Length > 0)
            {
                all.Add(new SeriesData(series[column], times, values));
            }
        }

        return all;
    }

    internal static (long[] TimesUnixMs, double[] Values) CopyColumn(ISeriesReader reader, int column, Timestamp from, Timestamp to)
    {
        Span<long> times = stackalloc long[WindowBlock.RetainedRows];
        Span<double> values = stackalloc double[WindowBlock.RetainedRows];
        int count = reader.Copy(column, from, to, times, values);
        if (count < times.Length)
        {
            return (times[..count].ToArray(), values[..count].ToArray());
        }

        // Another reader than a block may hold more.
        long[] moreTimes = new long[MaxPoints];
        double[] moreValues = new double[MaxPoints];
        count = reader.Copy(column, from, to, moreTimes, moreValues);
        return (moreTimes[..count], moreValues[..count]);
    }
}
