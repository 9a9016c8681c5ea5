namespace Grainwatch.Signals.Correlation.Deviations;

/// <summary>A straight line through a series that outliers do not bend, and whether it is one.</summary>
/// <remarks>
/// The slope is Theil's and Sen's median of pairwise slopes, the test is Mann's and Kendall's, both over the medians of at
/// most <see cref="Blocks"/> equal blocks, so that the cost is bounded and a neighbour's autocorrelation counts less.
/// </remarks>
/// <param name="SlopePerMs">In the series' unit.</param>
/// <param name="Kendall">Normal deviation of Kendall's statistic; its sign is the slope's.</param>
/// <param name="Linearity">Share of the variance of the blocks that the line explains, 0 to 1.</param>
/// <param name="First">The line at the first block.</param>
/// <param name="Last">The line at the last block.</param>
/// <param name="LastMs">Time of the last block.</param>
internal readonly record struct Trend(double SlopePerMs, double Kendall, double Linearity, double First, double Last, long LastMs)
{
    public const int Blocks = 48;
    private const int MinBlocks = 8;

    public static Trend? Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        int blocks = Math.Min(Blocks, values.Length / 2);
        if (blocks < MinBlocks)
        {
            return null;
        }

        double[] t = new double[blocks];
        double[] y = new double[blocks];
        for (int b = 0; b < blocks; b++)
        {
            int from = (int)((long)values.Length * b / blocks);
            int to = (int)((long)values.Length * (b + 1) / blocks);
            double[] block = values[from..to].ToArray();
            Array.Sort(block);
            y[b] = Reference.Quantile(block, 0.5);
            t[b] = times[(from + to) / 2] - times[0];
        }

        return Fit(t, y, times[0]);
    }

    private static Trend Fit(double[] t, double[] y, long origin)
    {
        int n = y.Length;
        double[] slopes = new double[n * (n - 1) / 2];
        int concordance = 0;
        int k = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                slopes[k++] = (y[j] - y[i]) / (t[j] - t[i]);
                concordance += Math.Sign(y[j] - y[i]);
            }
        }

        Array.Sort(slopes);
        double slope = Reference.Quantile(slopes, 0.5);
        double[] intercepts = [.. y.Select((v, i) => v - slope * t[i])];
        Array.Sort(intercepts);
        double intercept = Reference.Quantile(intercepts, 0.5);
        double kendall = (concordance - Math.Sign(concordance)) / Math.Sqrt(n * (n - 1.0) * (2 * n + 5) / 18);
        double mean = y.Average();
        double total = y.Sum(v => (v - mean) * (v - mean));
        double left = y.Select((v, i) => v - intercept - slope * t[i]).Sum(r => r * r);
        double linearity = total > 0 ? Math.Max(0, 1 - left / total) : 0;
        return new Trend(slope, kendall, linearity, intercept, intercept + slope * t[n - 1], origin + (long)t[n - 1]);
    }
}
