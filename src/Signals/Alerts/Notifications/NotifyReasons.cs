namespace Grainwatch.Signals.Alerts;

/// <summary>The identifiers of reasons in documents: <c>FIRST</c>, <c>ALL_RESOLVED</c>.</summary>
public static class NotifyReasons
{
    public static string Id(this NotifyReason reason) => reason switch
    {
        NotifyReason.First => "FIRST",
        NotifyReason.New => "NEW",
        NotifyReason.AllResolved => "ALL_RESOLVED",
        NotifyReason.NewResolved => "NEW_RESOLVED",
        NotifyReason.CauseChanged => "CAUSE_CHANGED",
        NotifyReason.Repeat => "REPEAT",
        NotifyReason.Heartbeat => "HEARTBEAT",
        NotifyReason.Undelivered => "UNDELIVERED",
        NotifyReason.Test => "TEST",
        _ => "NOTHING",
    };
}
