namespace Grainwatch.Signals.Alerts;

/// <summary>Why a group is told of, or not. The first that applies, in this order.</summary>
public enum NotifyReason
{
    /// <summary>Nothing was told yet and something fires.</summary>
    First,

    /// <summary>An episode fires that this receiver was never told of.</summary>
    New,

    /// <summary>Nothing fires and nothing is held back, and something was told.</summary>
    AllResolved,

    /// <summary>Something that was told has ended, not all.</summary>
    NewResolved,

    /// <summary>The first cause of something told has changed: once an incident.</summary>
    CauseChanged,

    /// <summary>It still fires, nobody acknowledged it, and it was told long ago.</summary>
    Repeat,

    /// <summary>There is nothing to tell.</summary>
    Nothing,

    /// <summary>The sign of life is due.</summary>
    Heartbeat,

    /// <summary>Another receiver could not be reached.</summary>
    Undelivered,

    /// <summary>Somebody asked for a test page.</summary>
    Test,
}
