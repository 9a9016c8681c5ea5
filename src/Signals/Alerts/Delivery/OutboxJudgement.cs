namespace Grainwatch.Signals.Alerts;

/// <summary>Judges a row once more before an attempt: the world may have changed since it was planned.</summary>
internal static class OutboxJudgement
{
    /// <returns>The row to publish, or null: it was deferred, cancelled or withdrawn.</returns>
    public static OutboxRow? Judge(EndpointRun run, OutboxRow row, Grouping grouping)
    {
        if (!run.State.Groups.TryGetValue(row.GroupKey, out AlertGroup? group))
        {
            return row;
        }

        GroupView view = grouping.ViewOf(group);
        return row.MayHaveArrived ? Again(run, row, group, view) : Anew(run, row, group, view, grouping.RouteOf(group));
    }

    /// <summary>
    /// Its content is fixed: it is the same message or none. But an end is owed to whoever may know the beginning: where
    /// the rest may not be told any more, the ends go out alone, under the same id.
    /// </summary>
    private static OutboxRow? Again(EndpointRun run, OutboxRow row, AlertGroup group, GroupView view)
    {
        bool isWanted = row.Firing.IsEmpty || row.Firing.Any(e => view.Firing.Any(m => m.Episode == e));
        // What is open, but not here or not to be told, may be held back in the group to which it moved.
        bool isHeld = view.Suppressed.Any(m => NotifyDecision.Has(row.Firing, m.Episode))
            || run.State.OpenIncidents.Any(i => NotifyDecision.Has(row.Firing, i.EpisodeId) && !view.Firing.Any(m => m.Episode == i.EpisodeId));
        if (isWanted && !isHeld)
        {
            return row;
        }

        if (row.Ended.IsEmpty)
        {
            return Withdrawn(run, row, OutboxReason.NotAttemptedAgain);
        }

        AlertGroup known = NotificationLog.Fold(group, row with { Status = OutboxStatus.Uncertain, Ended = [] }, TimeSpan.Zero, run.Now);
        run.Put(known with { FlushAt = group.FlushAt, SentAt = group.SentAt });
        return NotificationContent.OnlyEnds(row, known);
    }

    /// <summary>Nothing can have arrived: it says what is true now, under the same id, or nothing.</summary>
    private static OutboxRow? Anew(EndpointRun run, OutboxRow row, AlertGroup group, GroupView view, Route route)
    {
        NotifyReason reason = NotifyDecision.Decide(group, view, route.Repeat, run.Now);
        if (reason != NotifyReason.Nothing)
        {
            return NotificationContent.Fill(row, group, view, reason);
        }

        bool isHeld = view.Suppressed.Any(m => NotifyDecision.Has(row.News, m.Episode));
        if (!isHeld || Outbox.DeadAfter <= run.Now - row.PlannedAt)
        {
            return Withdrawn(run, row, isHeld ? OutboxReason.Deferred : OutboxReason.EndedUnsent);
        }

        if (row.Reason != OutboxReason.Deferred)
        {
            OutboxFolding.Keep(run, row with { Reason = OutboxReason.Deferred });
        }

        return null;
    }

    private static OutboxRow? Withdrawn(EndpointRun run, OutboxRow row, OutboxReason reason)
    {
        OutboxFolding.Keep(run, Outbox.Withdraw(row, reason));
        return null;
    }
}
