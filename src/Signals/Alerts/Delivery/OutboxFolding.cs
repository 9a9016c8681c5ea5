using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Plans notifications, claims those that are due, and folds what became of them.</summary>
internal static class OutboxFolding
{
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromMinutes(1);

    /// <summary>Rows whose publisher did not come back: they may have arrived.</summary>
    public static void Expire(EndpointRun run)
    {
        foreach (OutboxRow row in run.State.Rows.Values.Where(r => Outbox.IsClaimExpired(r, run.Now)))
        {
            Keep(run, Outbox.ExpireClaim(row, run.Now));
        }
    }

    public static void PlanGroups(EndpointRun run, Grouping grouping)
    {
        foreach (AlertGroup group in run.State.Groups.Values)
        {
            if (!run.State.Rows.Values.Any(r => string.Equals(r.GroupKey, group.Key, StringComparison.Ordinal)))
            {
                PlanGroup(run, WithSaneClock(run, group, grouping.RouteOf(group)), grouping);
            }
        }
    }

    /// <summary>Gives every due row to the shell, after judging it once more.</summary>
    /// <param name="run">The step.</param>
    /// <param name="grouping">The groups as they stand.</param>
    /// <param name="unrecordedSince">Since when nothing can be written; null: it can.</param>
    public static void Claim(EndpointRun run, Grouping grouping, Timestamp? unrecordedSince)
    {
        foreach (OutboxRow row in run.State.Rows.Values.OrderBy(r => r.PlannedAt).ThenBy(r => r.Id, StringComparer.Ordinal))
        {
            if (Outbox.IsDue(row, run.Now)
                && (unrecordedSince is not { } since || IsUnrecordedAllowed(run, row, since))
                && OutboxJudgement.Judge(run, row, grouping) is { } wanted)
            {
                OutboxRow claimed = Outbox.Claim(wanted, run.Context.Activation, run.Now) with { IsUnrecorded = wanted.IsUnrecorded || unrecordedSince is not null };
                if (unrecordedSince is not null)
                {
                    run.Count(AlertCounter.Unrecorded);
                }

                Announce(run, claimed);
                run.Put(claimed);
                run.Decide(claimed.Id, AlertStage.Outbox, claimed.Reason.ToString());
                run.Add(new EndpointEffect.PublishWanted(claimed, NotificationBodies.Build(claimed, run.State, run.Context, run.Now)));
            }
        }
    }

    public static void Answer(EndpointRun run, EndpointInput.Answered answered)
    {
        OutboxRow? row = run.State.Rows.GetValueOrDefault(answered.RowId);
        OutboxRow? next = row is null ? null : Outbox.Answer(row, answered.Answer, answered.MessageId, run.Now);
        if (next is null || ReferenceEquals(next, row))
        {
            run.Refuse(answered.RowId, AlertCounter.LateAnswer);
            return;
        }

        Keep(run, next);
    }

    public static void PlanHeartbeats(EndpointRun run)
    {
        Timestamp minute = run.Now.Floor(HeartbeatEvery);
        bool isDue = run.State.HeartbeatAt is not { } last || minute > last || last - minute > HeartbeatEvery;
        foreach (Receiver receiver in run.Context.Receivers.Values.Where(r => isDue && r.IsWatchdog).OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            string key = AlertIdentity.Group("watchdog", NotificationFamily.Heartbeat, [run.Context.Endpoint, receiver.Name]);
            foreach (OutboxRow old in run.State.Rows.Values.Where(r => r.GroupKey == key && r.Status != OutboxStatus.Claimed))
            {
                Keep(run, Outbox.Withdraw(old, OutboxReason.Superseded));
            }

            run.State = run.State with { HeartbeatAt = minute };
            if (!run.State.Rows.Values.Any(r => r.GroupKey == key))
            {
                Plan(run, new OutboxRow
                {
                    Id = AlertIdentity.Notification(key, receiver.Name, "", minute.UnixMs),
                    GroupKey = key,
                    Receiver = receiver.Name,
                    Family = NotificationFamily.Heartbeat,
                    Kind = NotificationKind.Heartbeat,
                    Why = NotifyReason.Heartbeat,
                    PlannedAt = run.Now,
                    NextAt = run.Now,
                });
            }
        }
    }

    public static void PlanTest(EndpointRun run, EndpointInput.TestRequested test)
    {
        if (!run.Context.Receivers.ContainsKey(test.Receiver))
        {
            run.Decide(test.Receiver, AlertStage.Notify, "UnknownReceiver");
            return;
        }

        string key = AlertIdentity.Group("test", NotificationFamily.Test, [test.Receiver, test.RequestId]);
        Plan(run, new OutboxRow
        {
            Id = AlertIdentity.Notification(key, test.Receiver, "", 0),
            GroupKey = key,
            Receiver = test.Receiver,
            Family = NotificationFamily.Test,
            Kind = NotificationKind.Firing,
            Why = NotifyReason.Test,
            About = DiagnosisBound.Cut(test.RequestId),
            PlannedAt = run.Now,
            NextAt = run.Now,
        });
    }

    /// <summary>Puts a row back, or, when it is finished, writes it into its group's log and lets it go.</summary>
    public static void Keep(EndpointRun run, OutboxRow row)
    {
        run.Decide(row.Id, AlertStage.Outbox, row.Reason.ToString());
        if (!row.IsFinished)
        {
            run.Put(row);
            return;
        }

        run.State = run.State with { Rows = run.State.Rows.Remove(row.Id) };
        run.Add(new EndpointEffect.NotificationFinished(row));
        if (run.State.Groups.TryGetValue(row.GroupKey, out AlertGroup? group))
        {
            run.Put(NotificationLog.Fold(group, row, IntervalOf(run, group), run.Now));
        }

        bool isLost = row.Status == OutboxStatus.Dead || (row.Status == OutboxStatus.Uncertain && row.Attempts >= Outbox.UncertainAttemptsMax);
        if (isLost && row.Family is not (NotificationFamily.Undelivered or NotificationFamily.Heartbeat))
        {
            TellFallback(run, row);
        }
    }

    private static void PlanGroup(EndpointRun run, AlertGroup group, Grouping grouping)
    {
        GroupView view = grouping.ViewOf(group);
        Route route = grouping.RouteOf(group);
        NotifyReason reason = NotifyDecision.Decide(group, view, route.Repeat, run.Now);
        if (reason == NotifyReason.Nothing || run.Now < group.FlushAt)
        {
            run.Decide(group.Key, AlertStage.Notify, reason == NotifyReason.Nothing ? reason.Id() : "WAITING", reason.Id());
            return;
        }

        OutboxRow row = NotificationContent.Fill(
            new OutboxRow
            {
                Id = AlertIdentity.Notification(group.Key, group.Receiver, group.Origin, group.Sequence),
                GroupKey = group.Key,
                Receiver = group.Receiver,
                Family = group.Family,
                Kind = NotificationKind.Firing,
                Why = reason,
                Severity = group.Severity,
                PlannedAt = run.Now,
                NextAt = run.Now,
            },
            group, view, reason);
        if (Plan(run, row))
        {
            run.Decide(group.Key, AlertStage.Notify, reason.Id());
            run.Put(group with { Sequence = Math.Max(group.Sequence + 1, run.Now.UnixMs), FlushAt = run.Now + route.GroupInterval });
        }
    }

    private static bool Plan(EndpointRun run, OutboxRow row)
    {
        bool isFull = run.State.Rows.Count >= run.Context.Limits.OutboxMax;
        if (isFull || StateSize.WouldOverflow(run.State, StateSize.Of(row), run.Context.Limits))
        {
            run.Refuse(row.GroupKey, isFull ? AlertCounter.OutboxLimit : AlertCounter.HeadLimit);
            return false;
        }

        run.Put(row);
        run.Add(new EndpointEffect.NotificationPlanned(row));
        return true;
    }

    private static void TellFallback(EndpointRun run, OutboxRow lost)
    {
        string? fallback = run.Context.Receivers.GetValueOrDefault(lost.Receiver)?.Fallback;
        if (fallback is null || string.Equals(fallback, lost.Receiver, StringComparison.Ordinal))
        {
            run.Decide(lost.Id, AlertStage.Outbox, "NoFallback");
            return;
        }

        string key = AlertIdentity.Group("undelivered", NotificationFamily.Undelivered, [lost.Id]);
        Plan(run, lost with
        {
            Id = AlertIdentity.Notification(key, fallback, "", 0),
            GroupKey = key,
            Receiver = fallback,
            Family = NotificationFamily.Undelivered,
            Why = NotifyReason.Undelivered,
            About = lost.Receiver,
            News = [],
            Status = OutboxStatus.Planned,
            Reason = OutboxReason.Planned,
            Attempts = 0,
            PlannedAt = run.Now,
            NextAt = run.Now,
            MayHaveArrived = false,
            IsUnrecorded = false,
            MessageId = null,
        });
    }

    private static TimeSpan IntervalOf(EndpointRun run, AlertGroup group)
    {
        foreach (Route route in run.Context.Routes)
        {
            if (string.Equals(route.Name, group.Route, StringComparison.Ordinal))
            {
                return route.GroupInterval;
            }
        }

        return Route.GroupIntervalDefault;
    }

    /// <summary>A clock that went back must not hold a group for longer than one interval, nor make it tell twice within one.</summary>
    private static AlertGroup WithSaneClock(EndpointRun run, AlertGroup group, Route route)
    {
        TimeSpan longest = route.GroupInterval > route.GroupWait ? route.GroupInterval : route.GroupWait;
        bool isAhead = group.FlushAt - run.Now > longest || group.SentAt > run.Now;
        if (!isAhead)
        {
            return group;
        }

        AlertGroup sane = group with
        {
            FlushAt = run.Now + (group.SentAt is null ? route.GroupWait : route.GroupInterval),
            SentAt = group.SentAt > run.Now ? run.Now : group.SentAt,
        };
        run.Put(sane);
        return sane;
    }

    private static bool IsUnrecordedAllowed(EndpointRun run, OutboxRow row, Timestamp since) =>
        !run.Context.Limits.IsStrict
        && run.Now - since >= run.Context.Limits.UnrecordedAfter
        && row is { Kind: NotificationKind.Firing, Severity: Severity.Page }
        && (row.Attempts == 0 || row.IsUnrecorded);

    private static void Announce(EndpointRun run, OutboxRow row)
    {
        if (row.Family != NotificationFamily.Incident)
        {
            return;
        }

        foreach (IncidentState incident in run.State.OpenIncidents.Where(i => NotifyDecision.Has(row.Firing, i.EpisodeId)))
        {
            run.Put(incident with { AnnouncedCause = incident.FirstCause });
        }
    }
}
