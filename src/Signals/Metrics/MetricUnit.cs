namespace Grainwatch.Signals.Metrics;

/// <summary>The unit in which the core holds a metric. Whatever a source sends is converted once, at the edge.</summary>
public enum MetricUnit
{
    /// <summary>A plain number.</summary>
    None,

    /// <summary>A share, usually 0 to 1; a rule may write it in percent.</summary>
    Ratio,

    Seconds,

    Bytes,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Things per second.</summary>
    PerSecond,

    Celsius,

    Watts,

    Hertz,

    /// <summary>A quality score, 0 to 1, higher is better.</summary>
    Score,
}
