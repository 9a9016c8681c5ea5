namespace Grainwatch.Signals.Alerts;

/// <summary>What a notification tells its reader.</summary>
public enum NotificationKind
{
    Firing,
    Resolved,
    NoData,
    NoDataResolved,
    Fault,
    FaultResolved,

    /// <summary>News of something that was told before; never a page.</summary>
    Update,

    /// <summary>The sign of life.</summary>
    Heartbeat,
}
