using System.Buffers;

namespace Grainwatch.Signals.Drift;

/// <summary>How many usual deviations the newest value of a series lies from the median of its own past.</summary>
/// <remarks>
/// The scale is the largest of 1.4826 times the median absolute deviation, the distance between the first and last
/// decile over 2.56 (both are the standard deviation where the past is normal), and a thousandth of the median, so that
/// a series that hardly ever moves does not make a mountain of its first move.
/// </remarks>
public static class RobustBaseline
{
    /// <summary>A past shorter than this is no baseline.</summary>
    public static TimeSpan WarmUp { get; } = TimeSpan.FromMinutes(30);

    /// <summary>A past of fewer points is none either.</summary>
    public const int PointsMin = 20;

    private const double MadToDeviation = 1.4826;
    private const double DecilesToDeviation = 1 / 2.5631;
    private const double MedianToScale = 1e-3;
    private const double ScaleMin = 1e-9;

    /// <summary>The signed deviation of the last value from all before it.</summary>
    /// <param name="timesUnixMs">Strictly rising.</param>
    /// <param name="values">As many as times.</param>
    /// <returns>Null during the warm-up.</returns>
    public static double? Deviation(ReadOnlySpan<long> timesUnixMs, ReadOnlySpan<double> values)
    {
        Invariant.Require(timesUnixMs.Length == values.Length);
        int past = values.Length - 1;
        if (past < PointsMin || timesUnixMs[past] - timesUnixMs[0] < WarmUp.TotalMilliseconds)
        {
            return null;
        }

        double[] rented = ArrayPool<double>.Shared.Rent(past);
        try
        {
            Span<double> sorted = rented.AsSpan(0, past);
            values[..past].CopyTo(sorted);
            sorted.Sort();
            double median = Median(sorted);
            double deciles = sorted[(int)(0.9 * (past - 1))] - sorted[(int)(0.1 * (past - 1))];
            for (int i = 0; i < past; i++)
            {
                sorted[i] = Math.Abs(sorted[i] - median);
            }

            sorted.Sort();
            double scale = Math.Max(MadToDeviation * Median(sorted), DecilesToDeviation * deciles);
            scale = Math.Max(scale, Math.Max(MedianToScale * Math.Abs(median), ScaleMin));
            return (values[past] - median) / scale;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static double Median(ReadOnlySpan<double> sorted)
    {
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
