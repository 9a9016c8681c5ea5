namespace Grainwatch.Signals.Windows;

/// <summary>What became of one point. Every outcome is counted by the block.</summary>
public enum UpsertOutcome
{
    /// <summary>The first point of its bucket.</summary>
    Stored,

    /// <summary>Another point of a bucket that has some; the bucket's value is folded anew.</summary>
    Added,

    /// <summary>The same point again, with the same value: nothing changed.</summary>
    Unchanged,

    /// <summary>The same point with another value: replaced.</summary>
    Corrected,

    /// <summary>Its bucket had left the open rows and was empty.</summary>
    LateStored,

    /// <summary>Its bucket had left the open rows with one point: that one was replaced.</summary>
    LateCorrected,

    /// <summary>Its bucket had left the open rows with several points, whose times are forgotten: kept as it was.</summary>
    Settled,

    /// <summary>The series said that it has no value any more.</summary>
    MarkedMissing,

    /// <summary>Refused: older than the window.</summary>
    TooOld,

    /// <summary>Refused: further ahead of now than a clock may be wrong.</summary>
    TooFarAhead,

    /// <summary>Refused: its bucket holds as many points as it may.</summary>
    BucketFull,

    /// <summary>Refused: not a number, infinite, or beyond single precision.</summary>
    NotFinite,

    /// <summary>Refused: the block is closed; ask its owner for the new one.</summary>
    Closed,
}
