namespace Grainwatch.Signals.Alerts;

/// <summary>What a notification is about. Families never share a group, nor the name under which a receiver knows them.</summary>
public enum NotificationFamily
{
    Incident,

    /// <summary>Data that stopped, where the rule asks to be told.</summary>
    NoData,

    /// <summary>An evaluation that fails, or a recovery that has been paused for a day: for the owner of the rule.</summary>
    Fault,

    /// <summary>The sign of life.</summary>
    Heartbeat,

    /// <summary>Another notification that could not be delivered.</summary>
    Undelivered,

    /// <summary>A marked test page.</summary>
    Test,
}
