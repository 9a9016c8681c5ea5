namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>The functions of a metric.</summary>
public enum MetricFunction
{
    Last,
    Avg,
    Min,
    Max,
    Sum,
    Count,
    Stddev,

    /// <summary>p50 … p99.9; which one is the argument, 0 to 100.</summary>
    Percentile,
    Rate,
    Increase,
    Slope,

    /// <summary>Slope in units of its own standard error.</summary>
    Trend,
    Forecast,

    /// <summary>Share of the points above the argument.</summary>
    Above,

    /// <summary>How often the value became one of the arguments.</summary>
    Occurs,
    Baseline,

    /// <summary>The median of the series' own past, which <see cref="Baseline"/> compares with.</summary>
    Usual,
    Anomaly,
    Age,
    Absent,
}
