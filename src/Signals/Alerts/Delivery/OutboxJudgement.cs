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
        return row.MayHaveArrived ? Again(run, row, view) : Anew(run, row, group, view, grouping.RouteOf(group));
    }

    /// <summary>Its content is fixed: it is the same message or none. Only what ended is told of while something is held back.</summary>
    private static OutboxRow? Again(EndpointRun run, OutboxRow row, GroupView view)
    {
        if (row.Firing.IsEmpty || row.Firing.Any(e => view.Firing.Any(m => m.Episode == e)))
        {
            bool isHeld = view.Suppressed.Any(m => NotifyDecision.Has(row.Firing, m.Episode));
            return isHeld ? Withdrawn(run, row, OutboxReason.NotAttemptedAgain) : row;
        }

        return Withdrawn(run, row, OutboxReason.NotAttemptedAgain);
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
