namespace Grainwatch.Signals.Windows;

/// <summary>Statistics of a window, decoded from its points. Empty: <see cref="Count"/> is 0 and the rest is NaN.</summary>
/// <param name="Count">Points.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of the population (divided by n), as Prometheus' <c>stddev_over_time</c>.</param>
/// <param name="SlopePerSecond">Of the least-squares line; NaN with fewer than two points.</param>
/// <param name="First">The oldest value.</param>
/// <param name="Last">The newest value.</param>
/// <remarks>
/// Two passes: the mean first, then squares and products of the distances from it, which do not cancel as the sums of
/// squares do (T. F. Chan, G. H. Golub, R. J. LeVeque: Algorithms for Computing the Sample Variance, 1983).
/// </remarks>
public readonly record struct WindowStatistics(
    int Count,
    double Sum,
    double Min,
    double Max,
    double Mean,
    double StandardDeviation,
    double SlopePerSecond,
    double First,
    double Last)
{
    public static WindowStatistics Empty { get; } =
        new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <param name="timesUnixMs">Strictly rising.</param>
    /// <param name="values">As many, finite.</param>
    public static WindowStatistics Of(ReadOnlySpan<long> timesUnixMs, ReadOnlySpan<double> values)
    {
        Invariant.Require(timesUnixMs.Length == values.Length);
        int count = values.Length;
        if (count == 0)
        {
            return Empty;
        }

        double sum = 0;
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        double secondsSum = 0;
        long start = timesUnixMs[0];
        for (int i = 0; i < count; i++)
        {
            sum += values[i];
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
            secondsSum += (timesUnixMs[i] - start) / 1000.0;
        }

        double mean = sum / count;
        double secondsMean = secondsSum / count;
        double squares = 0;
        double timeSquares = 0;
        double products = 0;
        for (int i = 0; i < count; i++)
        {
            double distance = values[i] - mean;
            double seconds = ((timesUnixMs[i] - start) / 1000.0) - secondsMean;
            squares += distance * distance;
            timeSquares += seconds * seconds;
            products += seconds * distance;
        }

        double slope = count < 2 ? double.NaN : products / timeSquares;
        return new WindowStatistics(count, sum, min, max, mean, Math.Sqrt(squares / count), slope, values[0], values[^1]);
    }

    /// <summary>
    /// The exact quantile of some values by linear interpolation between the two nearest ranks (type 7 of R. J. Hyndman and
    /// Y. Fan: Sample Quantiles in Statistical Packages, 1996; also what Prometheus' <c>quantile_over_time</c> does).
    /// </summary>
    /// <param name="values">Finite; sorted by this call.</param>
    /// <param name="quantile">0 to 1.</param>
    /// <returns>NaN when there is no value.</returns>
    public static double Quantile(Span<double> values, double quantile)
    {
        values.Sort();
        return QuantileOfSorted(values, quantile);
    }

    /// <summary>As <see cref="Quantile"/>, of values that are sorted already.</summary>
    public static double QuantileOfSorted(ReadOnlySpan<double> sorted, double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantile is >= 0 and <= 1, true, nameof(quantile));
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double rank = quantile * (sorted.Length - 1);
        int below = (int)rank;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }
}
