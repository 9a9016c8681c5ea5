using System.Globalization;

namespace Grainwatch.Benchmarks.Soak;

/// <summary>A line through some values by least squares.</summary>
/// <param name="MegabytesPerHour">Its slope.</param>
/// <param name="StandardError">Of the slope, as if neighbouring values knew nothing of each other: the true one is larger.</param>
internal readonly record struct Slope(double MegabytesPerHour, double StandardError)
{
    /// <param name="points">Times and bytes; at least three.</param>
    public static Slope Of(IReadOnlyList<(TimeSpan At, double Bytes)> points)
    {
        double[] x = [.. points.Select(p => p.At.TotalHours)];
        double[] y = [.. points.Select(p => p.Bytes / 1e6)];
        double meanX = x.Average();
        double meanY = y.Average();
        double spread = x.Sum(v => (v - meanX) * (v - meanX));
        double slope = x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY)) / spread;
        double rest = x.Zip(y).Sum(p => Math.Pow(p.Second - meanY - (slope * (p.First - meanX)), 2));
        return new Slope(slope, Math.Sqrt(rest / (x.Length - 2) / spread));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{MegabytesPerHour:+0.0;-0.0} ± {StandardError:0.0}");
}
