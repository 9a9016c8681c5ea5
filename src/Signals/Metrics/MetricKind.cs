namespace Grainwatch.Signals.Metrics;

/// <summary>How the points of a metric are to be read.</summary>
public enum MetricKind
{
    /// <summary>A level at an instant.</summary>
    Gauge,

    /// <summary>Something that happens; held as the increase since the point before.</summary>
    Counter,

    /// <summary>A classic histogram; its set of upper bounds is one series.</summary>
    Histogram,

    /// <summary>A change that took place at an instant; the value is 1, or a code.</summary>
    Event,
}
