using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Deviations;

/// <summary>The scale on which a metric's deviations are measured: logarithms for what varies by factors, points for shares.</summary>
/// <param name="IsLog">True: y = ln(x + offset); false: y = x.</param>
/// <param name="Offset">Added before the logarithm: values far below it do not count (1 ms, one request).</param>
/// <param name="Floor">No spread is taken to be smaller than this, on the scale.</param>
/// <param name="IsCount">True: the floor also holds the Poisson noise of a small count.</param>
internal readonly record struct MetricScale(bool IsLog, double Offset, double Floor, bool IsCount)
{
    private const double PercentFrom = 1.5;

    /// <summary>The scale of a metric; <paramref name="largest"/> tells shares sent in percent from shares of 1.</summary>
    public static MetricScale Of(MetricDefinition definition, double largest)
    {
        double points = largest > PercentFrom ? 100 : 1;
        return definition.Unit switch
        {
            MetricUnit.Seconds => new MetricScale(true, 0.001, 0.03, false),
            MetricUnit.Ratio => new MetricScale(false, 0, 0.01 * points, false),
            MetricUnit.Score => new MetricScale(false, 0, 0.015 * points, false),
            MetricUnit.Count => new MetricScale(true, 1, 0.03, true),
            MetricUnit.PerSecond => new MetricScale(true, 1, 0.05, false),
            MetricUnit.Bytes => new MetricScale(true, 1 << 20, 0.01, false),
            MetricUnit.Celsius => new MetricScale(false, 0, 2, false),
            MetricUnit.Watts => new MetricScale(true, 10, 0.05, false),
            MetricUnit.Hertz => new MetricScale(true, 1e6, 0.02, false),
            _ => new MetricScale(false, 0, Math.Max(1e-9, 0.01 * Math.Abs(largest)), false),
        };
    }

    public double Of(double x) => IsLog ? Math.Log(Math.Max(x, 0) + Offset) : x;

    public double Back(double y) => IsLog ? Math.Exp(y) - Offset : y;

    /// <summary>The least spread around a base that is given on the scale.</summary>
    public double FloorAt(double baseY) => IsCount ? Math.Max(Floor, 0.7 * Math.Exp(-0.5 * baseY)) : Floor;
}
