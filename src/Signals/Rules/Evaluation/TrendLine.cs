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
    private const int StackPoints = 512;

    /// <summary>The value of the line at an instant in milliseconds.</summary>
    public double At(double unixMs) => MeanValue + (SlopePerSecond * (unixMs - MeanTimeMs) / 1000.0);

    /// <param name="times">At least three, rising.</param>
    /// <param name="values">As many.</param>
    public static TrendLine Through(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        int n = times.Length;
        long origin = times[0];
        Span<double> seconds = n <= StackPoints ? stackalloc double[StackPoints] : new double[n];
        double meanTime = 0, meanValue = 0;
        for (int i = 0; i < n; i++)
        {
            seconds[i] = (times[i] - origin) / 1000.0;
            meanTime += seconds[i];
            meanValue += values[i];
        }

        meanTime /= n;
        meanValue /= n;
        double sxx = 0, sxy = 0, size = 0;
        for (int i = 0; i < n; i++)
        {
            double t = seconds[i] - meanTime;
            sxx += t * t;
            sxy += t * (values[i] - meanValue);
            size = Math.Max(size, Math.Abs(values[i]));
        }

        double slope = sxy / sxx;
        double squares = 0, products = 0, before = 0;
        for (int i = 0; i < n; i++)
        {
            double residual = values[i] - meanValue - (slope * (seconds[i] - meanTime));
            squares += residual * residual;
            products += i == 0 ? 0 : residual * before;
            before = residual;
        }

        return new TrendLine(slope, SignificanceOf(slope, sxx, squares, products, n, size), origin + (meanTime * 1000.0), meanValue);
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
