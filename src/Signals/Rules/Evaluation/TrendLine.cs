using System.Buffers;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The least-squares line through a window.</summary>
/// <remarks>
/// Neighbouring points of a metric resemble each other, so the ordinary standard error is too small. It is widened by
/// sqrt((1 + r) / (1 - r)) with r the lag-1 autocorrelation of the residuals, limited to [0, 0.98] (the effective
/// sample size of an AR(1) series, as in climate trends: Santer et al. 2000). A step, whose residuals hang together
/// strongly, is thereby told from a creep.
/// </remarks>
internal readonly record struct TrendLine(double SlopePerSecond, double Significance, double MeanTimeMs, double MeanValue)
{
    private const double MaxAutocorrelation = 0.98;
    private const double MaxSignificance = 1000.0;
    private const double Exact = 1e-9;

    /// <summary>The value of the line at an instant in milliseconds.</summary>
    public double At(double unixMs) => MeanValue + (SlopePerSecond * (unixMs - MeanTimeMs) / 1000.0);

    /// <param name="times">At least three, rising.</param>
    /// <param name="values">As many.</param>
    public static TrendLine Through(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        int n = times.Length;
        double[] scratch = ArrayPool<double>.Shared.Rent(2 * n);
        Span<double> time = scratch.AsSpan(0, n);
        Span<double> value = scratch.AsSpan(n, n);
        long origin = times[0];
        double size = 0;
        for (int i = 0; i < n; i++)
        {
            time[i] = times[i] - origin;
            value[i] = values[i];
            size = Math.Abs(values[i]) > size ? Math.Abs(values[i]) : size;
        }

        double meanTime = Centre(time);
        double meanValue = Centre(value);
        double sxx = Sums.Product(time, time);
        double slope = Sums.Product(time, value) / sxx;
        for (int i = 0; i < n; i++)
        {
            value[i] -= slope * time[i];
        }

        double squares = Sums.Product(value, value);
        double products = Sums.Product(value[1..], value[..^1]);
        ArrayPool<double>.Shared.Return(scratch);
        return new TrendLine(slope * 1000, SignificanceOf(slope, sxx, squares, products, n, size), origin + meanTime, meanValue);
    }

    private static double Centre(Span<double> values)
    {
        double mean = Sums.Of(values) / values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
        }

        return mean;
    }

    private static double SignificanceOf(double slope, double sxx, double squares, double products, int n, double size)
    {
        double tiny = Exact * Math.Max(size, Exact);
        double rise = Math.Abs(slope) * Math.Sqrt(sxx / n);
        if (!double.IsFinite(slope) || rise <= tiny)
        {
            return double.IsFinite(slope) ? 0 : double.NaN;
        }

        if (Math.Sqrt(squares / n) <= tiny)
        {
            return Math.Sign(slope) * MaxSignificance;
        }

        double r = Math.Clamp(products / squares, 0, MaxAutocorrelation);
        double error = Math.Sqrt(squares / (n - 2) / sxx * (1 + r) / (1 - r));
        return Math.Clamp(slope / error, -MaxSignificance, MaxSignificance);
    }
}
