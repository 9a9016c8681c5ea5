namespace Grainwatch.Signals.Metrics;

/// <summary>What a <see cref="PartAggregate"/> made of the value of one part.</summary>
public enum PartOutcome
{
    /// <summary>The aggregate of that instant is new or has changed.</summary>
    Updated,

    /// <summary>The part had that value at that instant already.</summary>
    Unchanged,

    /// <summary>The instant is too long ago.</summary>
    TooOld,

    /// <summary>More parts than a series may have.</summary>
    TooManyParts,
}
