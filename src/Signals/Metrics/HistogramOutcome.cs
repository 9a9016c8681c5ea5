namespace Grainwatch.Signals.Metrics;

/// <summary>What a <see cref="HistogramSeries"/> made of one bucket, or of one complete set of buckets.</summary>
public enum HistogramOutcome
{
    /// <summary>A bucket of a set that is not complete yet.</summary>
    Collected,

    /// <summary>A complete set: an increase came out.</summary>
    Increase,

    /// <summary>A complete set of which a count fell: the process started again, and its counts are the increase.</summary>
    Reset,

    /// <summary>The first complete set, or the first after a long silence: no increase.</summary>
    Baseline,

    /// <summary>A complete set with other bounds than the one before: a new baseline.</summary>
    NewLayout,

    /// <summary>The set is older than the newest one, or belongs to one that is complete: ignored.</summary>
    OutOfOrder,

    /// <summary>A set without the bound +Inf, which every histogram has: dropped.</summary>
    Incomplete,

    /// <summary>More bounds than a histogram may have: ignored.</summary>
    TooManyBounds,

    /// <summary>Not a finite count.</summary>
    NotFinite,
}
