namespace Grainwatch.Signals.Alerts;

/// <summary>Why one step of the machine did what it did. Every branch has a name, "nothing" included.</summary>
public enum AlertReason
{
    /// <summary>Normal or Unknown, and the input does not change that.</summary>
    Nothing,

    /// <summary>The verdict certifies nothing that is not already decided.</summary>
    Outdated,

    /// <summary>Only watermarks moved.</summary>
    Ticked,

    /// <summary>First True; the hold begins.</summary>
    HoldStarted,

    /// <summary>True again; the hold is not long enough yet.</summary>
    HoldGrew,

    /// <summary>The raise condition held for long enough.</summary>
    HoldReached,

    /// <summary>M of the last N evaluations were true.</summary>
    CountReached,

    /// <summary>The rule has no hold and the condition is true.</summary>
    FiredAtOnce,

    /// <summary>Missing data, counted as True by the rule's policy, held for long enough.</summary>
    FiredByMissing,

    /// <summary>Missing data begins to count as True.</summary>
    MissingCounts,

    /// <summary>Pending ended before it fired.</summary>
    NearMiss,

    /// <summary>Pending was given up: nothing was known for too long.</summary>
    PendingLapsed,

    /// <summary>Pending waits; the clock stands.</summary>
    HoldPaused,

    /// <summary>It fires, and the input does not change that.</summary>
    StillFiring,

    /// <summary>The clear condition holds; the recovery begins.</summary>
    RecoveryStarted,

    /// <summary>False again; not for long enough yet.</summary>
    RecoveryGrew,

    /// <summary>Recovering waits; the clock stands.</summary>
    RecoveryPaused,

    /// <summary>The recovery has been paused for a day: the owner is told, once.</summary>
    RecoveryPausedTooLong,

    /// <summary>True again within keep: the same episode.</summary>
    Flapped,

    /// <summary>The clear condition held for long enough.</summary>
    Cleared,

    /// <summary>The data stopped; the alert ends as "no data" unless a value comes.</summary>
    ClearingByMissing,

    /// <summary>Ended because the data stopped, by the rule's policy. Never "recovered".</summary>
    ClearedByMissing,

    /// <summary>The data stopped; the state is kept and marked.</summary>
    WentStale,

    /// <summary>Still without data; the state is kept.</summary>
    StillStale,

    /// <summary>Without data, which the rule ignores.</summary>
    MissingIgnored,

    /// <summary>The data stopped and the rule asks to be told.</summary>
    WentNoData,

    /// <summary>Still without data.</summary>
    StillNoData,

    /// <summary>The state before NoData is back, and nothing else changed.</summary>
    DataReturned,

    /// <summary>The evaluation fails, not yet for long.</summary>
    ErrorSeen,

    /// <summary>The evaluation has failed for too long.</summary>
    Faulted,

    /// <summary>The speaker's window is not full yet: what it says of health is not believed.</summary>
    Warming,

    /// <summary>The text, hold or policy of the rule changed; the clocks are kept.</summary>
    RuleTextChanged,

    /// <summary>The rule's condition changed, and decided again it does not raise.</summary>
    RuleConditionChanged,

    /// <summary>The rule no longer exists.</summary>
    RuleRemoved,

    /// <summary>The rule no longer selects the entity.</summary>
    Unselected,

    /// <summary>The entity is gone.</summary>
    Retired,

    /// <summary>The entity has been silent for so long that it counts as gone.</summary>
    RetiredAfterSilence,
}
