using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Decides whether a receiver is told of a group, against the log of what it was told.</summary>
/// <remarks>
/// The order and the meaning follow Alertmanager's <c>needsUpdate</c>, with three changes: what is held back keeps a
/// group from being "all resolved", a receiver that knew an episode before a silence is not told of it as new after it,
/// and a changed cause is a reason of its own.
/// </remarks>
public static class NotifyDecision
{
    public static NotifyReason Decide(AlertGroup group, GroupView view, TimeSpan repeat, Timestamp now)
    {
        if (view.Firing.Any(m => IsNews(group, m.Episode)))
        {
            return group.Told.IsEmpty && group.SentAt is null ? NotifyReason.First : NotifyReason.New;
        }

        if (view.Ended.Length > 0)
        {
            bool isAll = view.Firing.IsEmpty && view.Suppressed.IsEmpty && view.Moved.IsEmpty;
            return isAll ? NotifyReason.AllResolved : NotifyReason.NewResolved;
        }

        if (view.Firing.Any(m => IsUpdate(group, m)))
        {
            return NotifyReason.CauseChanged;
        }

        bool isDue = group.SentAt is { } sent && now - sent >= repeat;
        return isDue && view.Firing.Any(m => Has(group.Told, m.Episode) && !m.IsAcknowledged) ? NotifyReason.Repeat : NotifyReason.Nothing;
    }

    /// <summary>True: the receiver was never told of the episode, nor tried in vain.</summary>
    public static bool IsNews(AlertGroup group, string episode) => !Has(group.Told, episode) && !Has(group.Lost, episode);

    public static bool IsUpdate(AlertGroup group, Notifiable member) =>
        member.IsCauseChanged && Has(group.Told, member.Episode) && !Has(group.Updated, member.Episode);

    internal static bool Has(ImmutableArray<string> sorted, string value) => sorted.BinarySearch(value, StringComparer.Ordinal) >= 0;
}
