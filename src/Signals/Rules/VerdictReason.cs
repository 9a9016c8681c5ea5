namespace Grainwatch.Signals.Rules;

/// <summary>Why a verdict is sent now, or why none is.</summary>
public enum VerdictReason
{
    /// <summary>Nothing to say: the same truth, said recently.</summary>
    Unchanged,

    /// <summary>An instant that was decided before, or an earlier one.</summary>
    NotLater,

    /// <summary>The first word about the target.</summary>
    First,

    /// <summary>The truth changed.</summary>
    Changed,

    /// <summary>The raise condition has held for <c>for</c>.</summary>
    HoldReached,

    /// <summary>M of the last N were true.</summary>
    CountReached,

    /// <summary>Said again, so that silence can be told from peace.</summary>
    Heartbeat,
}
