namespace Grainwatch.Signals.Alerts;

/// <summary>The identifiers of kinds in documents, and the state of a CloudWatch alarm that each stands for.</summary>
public static class NotificationKinds
{
    public static string Id(this NotificationKind kind) => kind switch
    {
        NotificationKind.Firing => "FIRING",
        NotificationKind.Resolved => "RESOLVED",
        NotificationKind.NoData => "NODATA",
        NotificationKind.NoDataResolved => "NODATA_RESOLVED",
        NotificationKind.Fault => "FAULT",
        NotificationKind.FaultResolved => "FAULT_RESOLVED",
        NotificationKind.Update => "UPDATE",
        _ => "HEARTBEAT",
    };

    public static string AlarmState(this NotificationKind kind) => kind switch
    {
        NotificationKind.NoData => "INSUFFICIENT_DATA",
        NotificationKind.Resolved or NotificationKind.NoDataResolved or NotificationKind.FaultResolved => "OK",
        NotificationKind.Heartbeat => "OK",
        _ => "ALARM",
    };

    public static string AlarmStateBefore(this NotificationKind kind) => kind switch
    {
        NotificationKind.Resolved or NotificationKind.FaultResolved or NotificationKind.Update => "ALARM",
        NotificationKind.NoDataResolved => "INSUFFICIENT_DATA",
        _ => "OK",
    };

    /// <summary>The kind that opens or closes a group of the family.</summary>
    public static NotificationKind Of(NotificationFamily family, bool isOpen) => (family, isOpen) switch
    {
        (NotificationFamily.NoData, true) => NotificationKind.NoData,
        (NotificationFamily.NoData, false) => NotificationKind.NoDataResolved,
        (NotificationFamily.Fault, true) => NotificationKind.Fault,
        (NotificationFamily.Fault, false) => NotificationKind.FaultResolved,
        (NotificationFamily.Heartbeat, _) => NotificationKind.Heartbeat,
        (_, true) => NotificationKind.Firing,
        (_, false) => NotificationKind.Resolved,
    };
}
