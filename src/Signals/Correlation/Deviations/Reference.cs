namespace Grainwatch.Signals.Correlation.Deviations;

/// <summary>What is normal for a series, from a reference stretch: a median and a spread on the metric's scale.</summary>
/// <remarks>
/// The spread is the largest of 1.4826 MAD, (q90 - q10) / 2.56 and the metric's floor: the first two estimate the standard
/// deviation of a normal distribution (Rousseeuw and Croux 1993), and each has a hole the other covers: MAD is 0 when more
/// than half of the values are equal. Few points widen the deviation as Student's t does.
/// </remarks>
/// <param name="Count">Points in the stretch; 0: nothing is known and every deviation is 0.</param>
/// <param name="Median">On the metric's scale.</param>
/// <param name="Spread">On the metric's scale.</param>
/// <param name="Low">1st percentile, on the scale.</param>
/// <param name="High">99th percentile, on the scale.</param>
internal readonly record struct Reference(int Count, double Median, double Spread, double Low, double High)
{
    public static Reference None { get; }

    /// <summary>Sums up <paramref name="y"/>; <paramref name="scratch"/> is as long and gets overwritten.</summary>
    public static Reference Of(ReadOnlySpan<double> y, Span<double> scratch, MetricScale scale)
    {
        int n = y.Length;
        if (n == 0)
        {
            return None;
        }

        Span<double> sorted = scratch[..n];
        y.CopyTo(sorted);
        sorted.Sort();
        double median = Quantile(sorted, 0.5);
        double low = Quantile(sorted, 0.01);
        double high = Quantile(sorted, 0.99);
        double range = (Quantile(sorted, 0.9) - Quantile(sorted, 0.1)) / 2.56;
        for (int i = 0; i < n; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - median);
        }

        sorted.Sort();
        double mad = 1.4826 * Quantile(sorted, 0.5);
        return new Reference(n, median, Math.Max(Math.Max(mad, range), scale.FloorAt(median)), low, high);
    }

    /// <summary>The signed deviation of a value on the scale, 0 when there is no history.</summary>
    public double Z(double y) => Count == 0 ? 0 : Tails.StudentToZ((y - Median) / (Spread * Math.Sqrt(1 + 1.0 / Count)), Count - 1);

    /// <summary>The same around another base, which rests on <paramref name="baseCount"/> points.</summary>
    public double ZAround(double y, double baseY, int baseCount) => Count == 0 || baseCount == 0
        ? 0
        : Tails.StudentToZ((y - baseY) / (Spread * Math.Sqrt(1 + 1.0 / baseCount)), Count - 1);

    /// <summary>Linear interpolation between the order statistics of a sorted span.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double q)
    {
        double at = (sorted.Length - 1) * q;
        int i = (int)at;
        return i + 1 >= sorted.Length ? sorted[^1] : sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }
}
