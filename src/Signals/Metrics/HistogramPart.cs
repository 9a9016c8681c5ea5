namespace Grainwatch.Signals.Metrics;

/// <summary>Which part of a classic histogram a source series is.</summary>
public enum HistogramPart
{
    /// <summary>None: a series of its own.</summary>
    None,

    /// <summary>The cumulative count up to one bound.</summary>
    Bucket,

    /// <summary>The sum of all observations.</summary>
    Sum,

    /// <summary>How many observations there were.</summary>
    Count,
}
