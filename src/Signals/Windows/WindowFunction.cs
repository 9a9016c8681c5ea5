namespace Grainwatch.Signals.Windows;

/// <summary>How a window of buckets is summarised.</summary>
public enum WindowFunction
{
    Last,
    Count,
    Sum,
    Mean,
    Min,
    Max,
    StandardDeviation,
    Slope,
    Quantile,
}
