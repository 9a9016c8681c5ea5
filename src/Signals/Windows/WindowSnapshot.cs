namespace Grainwatch.Signals.Windows;

/// <summary>The points of one series in one window, copied: what statistics are computed from outside the gate.</summary>
public sealed class WindowSnapshot
{
    private readonly long[] _timesUnixMs;
    private readonly double[] _values;
    private double[]? _sorted;

    private WindowSnapshot(long[] timesUnixMs, double[] values)
    {
        _timesUnixMs = timesUnixMs;
        _values = values;
        Statistics = WindowStatistics.Of(timesUnixMs, values);
    }

    public ReadOnlySpan<long> TimesUnixMs => _timesUnixMs;

    public ReadOnlySpan<double> Values => _values;

    public WindowStatistics Statistics { get; }

    /// <summary>Copies the buckets that start in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public static WindowSnapshot Take(ISeriesReader reader, int column, Timestamp from, Timestamp to)
    {
        (long[] times, double[] values) = SeriesExport.CopyColumn(reader, column, from, to);
        return new WindowSnapshot(times, values);
    }

    /// <summary>The exact quantile; see <see cref="WindowStatistics.Quantile"/>.</summary>
    public double Quantile(double quantile)
    {
        if (_sorted is null)
        {
            double[] sorted = [.. _values];
            Array.Sort(sorted);
            _sorted = sorted;
        }

        return WindowStatistics.QuantileOfSorted(_sorted, quantile);
    }
}
