using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Writes what became of a notification into the log of its group.</summary>
internal static class NotificationLog
{
    public static AlertGroup Fold(AlertGroup group, OutboxRow row, TimeSpan groupInterval, Timestamp now) => row.Status switch
    {
        OutboxStatus.Sent or OutboxStatus.Uncertain => group with
        {
            Told = Sorted(group.Told.Concat(row.Firing).Except(row.Ended, StringComparer.Ordinal)),
            Lost = Sorted(group.Lost.Except(row.Firing, StringComparer.Ordinal)),
            Updated = Sorted(group.Updated.Concat(row.Updates).Except(row.Ended, StringComparer.Ordinal)),
            SentAt = now,
            FlushAt = Timestamp.Max(group.FlushAt, now + groupInterval),
        },
        OutboxStatus.Dead => group with
        {
            Told = Sorted(group.Told.Except(row.Ended, StringComparer.Ordinal)),
            Lost = Sorted(group.Lost.Concat(row.News)),
        },

        // Nothing reached anybody, so nobody has to wait.
        _ => group with { FlushAt = Timestamp.Min(group.FlushAt, now) },
    };

    private static ImmutableArray<string> Sorted(IEnumerable<string> episodes) =>
        [.. episodes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
