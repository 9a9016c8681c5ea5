namespace Grainwatch.Signals.Alerts;

/// <summary>Why a row is where it is.</summary>
public enum OutboxReason
{
    Planned,
    Claimed,
    Accepted,
    RefusedForNow,
    RefusedForGood,
    NoAnswer,

    /// <summary>The activation that claimed it did not come back in time.</summary>
    ClaimExpired,

    /// <summary>A silence, a window or another alert holds it back.</summary>
    Deferred,

    /// <summary>What it would have told ended before any attempt could have arrived.</summary>
    EndedUnsent,

    /// <summary>What it told has ended or is held back: it is not attempted again.</summary>
    NotAttemptedAgain,

    /// <summary>Undelivered for a day.</summary>
    TooOld,

    /// <summary>A younger sign of life takes its place.</summary>
    Superseded,
}
