namespace Grainwatch.Signals.Alerts;

/// <summary>What a notification of a group lists, and what kind it therefore is.</summary>
internal static class NotificationContent
{
    public static OutboxRow Fill(OutboxRow row, AlertGroup group, GroupView view, NotifyReason reason) => row with
    {
        Why = reason,
        Kind = KindOf(group, view, reason),
        Firing = [.. view.Firing.Select(m => m.Episode).Where(e => !NotifyDecision.Has(group.Lost, e))],
        News = [.. view.Firing.Select(m => m.Episode).Where(e => NotifyDecision.IsNews(group, e))],
        Ended = view.Ended,
        Updates = [.. view.Firing.Where(m => NotifyDecision.IsUpdate(group, m)).Select(m => m.Episode)],
    };

    /// <summary>The same notification without what may not be told any more.</summary>
    public static OutboxRow OnlyEnds(OutboxRow row, AlertGroup group) => row with
    {
        Kind = group.Told.Except(row.Ended, StringComparer.Ordinal).Any() ? NotificationKind.Update : NotificationKinds.Of(group.Family, isOpen: false),
        Firing = [],
        News = [],
        Updates = [],
    };

    /// <summary>A group is closed for its receiver when nothing that the receiver was told of is open any more.</summary>
    private static NotificationKind KindOf(AlertGroup group, GroupView view, NotifyReason reason) => reason switch
    {
        NotifyReason.AllResolved => NotificationKinds.Of(group.Family, isOpen: false),
        NotifyReason.NewResolved => group.Told.Length == view.Ended.Length ? NotificationKinds.Of(group.Family, isOpen: false) : NotificationKind.Update,
        NotifyReason.CauseChanged => NotificationKind.Update,
        _ => NotificationKinds.Of(group.Family, isOpen: true),
    };
}
