namespace Grainwatch.Signals.Alerts;

/// <summary>
/// Where one alert stands. What is laid over it (stale, faulted, silenced, inhibited, muted, acknowledged) is never a
/// state: it changes what is said, not what is known.
/// </summary>
public enum AlertState
{
    /// <summary>Nothing has been decided yet.</summary>
    Unknown,

    /// <summary>The clear condition holds, or the alert has ended.</summary>
    Normal,

    /// <summary>The raise condition holds, not yet for long enough.</summary>
    Pending,

    /// <summary>It held for long enough.</summary>
    Firing,

    /// <summary>It fired; the clear condition holds, not yet for long enough.</summary>
    Recovering,

    /// <summary>The data stopped and the rule asks to be told; the state before is kept beside it.</summary>
    NoData,
}
