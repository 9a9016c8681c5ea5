namespace Grainwatch.Signals.Metrics;

/// <summary>What a <see cref="CounterDecoder"/> made of one value of a running total.</summary>
public enum CounterOutcome
{
    /// <summary>The first value: it says where the total stands, and nothing of an increase.</summary>
    Baseline,

    /// <summary>The total grew, or stood still.</summary>
    Increase,

    /// <summary>The total fell: the process started again, and what it counts now is the increase.</summary>
    Reset,

    /// <summary>The newest value came again with another number; its increase was computed anew.</summary>
    Corrected,

    /// <summary>The newest value came again.</summary>
    Duplicate,

    /// <summary>Older than the newest value: no increase, because the newer one holds it already.</summary>
    OutOfOrder,

    /// <summary>The series was silent for so long that its increase belongs to no bucket: a new baseline.</summary>
    BaselineAfterGap,

    /// <summary>Not a finite number.</summary>
    NotFinite,
}
