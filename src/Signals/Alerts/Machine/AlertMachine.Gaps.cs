using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Alerts;

/// <content>What happens while nothing is known: gaps, errors, silence and the rule's own end.</content>
public static partial class AlertMachine
{
    private static void Tick(MachineRun run)
    {
        AlertInstance alert = run.Alert;
        TimeSpan passed = alert.LastTick is { } last ? Clamp(run.Now - last) : TimeSpan.Zero;
        run.Alert = alert with { LastTick = run.Now, SilentFor = alert.SilentFor + passed };
        run.Reason = AlertReason.Ticked;
        SpeakOfPause(run);
        if (alert.LastTruth is { } truth && (truth != Truth.Error || alert.State == AlertState.Pending))
        {
            OnGap(run, KnownGap(alert) + run.Alert.SilentFor, passed, AlertReason.Ticked);
        }

        static TimeSpan Clamp(TimeSpan passed) => passed < TimeSpan.Zero ? TimeSpan.Zero : passed > TickMax ? TickMax : passed;
    }

    /// <summary>The part of the gap that verdicts certify; the rest is silence.</summary>
    private static TimeSpan KnownGap(AlertInstance alert) => alert.LastTruth switch
    {
        Truth.Missing => alert.LastAsOf!.Value - alert.GapSince!.Value,
        Truth.Error => alert.LastAsOf!.Value - alert.ErrorSince!.Value,
        Truth.Hold when IsUndecidedTooLong(alert) => Undecided(alert),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Undecided(AlertInstance alert) =>
        alert.UndecidedSince is { } since ? alert.LastAsOf!.Value - since + alert.SilentFor : TimeSpan.Zero;

    /// <summary>A firing alert that nobody could confirm or deny for a day is treated as one without data.</summary>
    private static bool IsUndecidedTooLong(AlertInstance alert) =>
        (alert.State == AlertState.Firing || alert.Clocks.IsClearing) && Undecided(alert) > UndecidedMax;

    /// <summary>Applies the rule's policy to a gap.</summary>
    /// <param name="run">The step.</param>
    /// <param name="gap">How long nothing has been known.</param>
    /// <param name="passed">What a tick adds to clocks that run on missing data.</param>
    /// <param name="otherwise">The branch where the gap is still short.</param>
    private static void OnGap(MachineRun run, TimeSpan gap, TimeSpan passed, AlertReason? otherwise = null)
    {
        AlertPolicy policy = run.Policy;
        bool isPending = run.Alert.State == AlertState.Pending;
        TimeSpan limit = isPending && policy.For > policy.StaleAfter ? policy.For : policy.StaleAfter;
        if (gap <= limit)
        {
            run.Reason = otherwise ?? Paused(run.Alert.State);
            return;
        }

        if (run.Alert.State == AlertState.NoData)
        {
            run.Reason = AlertReason.StillNoData;
            return;
        }

        if (isPending && (policy.Missing is MissingPolicy.Hold or MissingPolicy.Ignore or MissingPolicy.Clear))
        {
            run.Close(AlertReason.PendingLapsed, isResolved: false);
            run.Alert = run.Alert with { IsStale = policy.Missing == MissingPolicy.Hold };
            return;
        }

        switch (policy.Missing)
        {
            case MissingPolicy.NoData:
                run.Alert = run.Alert with
                {
                    Before = new AlertBefore(run.Alert.State, run.Clocks),
                    Clocks = AlertClocks.None,
                    NoDataSince = run.Now,
                };
                run.Enter(AlertState.NoData, AlertReason.WentNoData);
                run.Add(AlertEffectKind.NoData, AlertReason.WentNoData);
                break;
            case MissingPolicy.Hold:
                run.Reason = run.Alert.IsStale ? AlertReason.StillStale : AlertReason.WentStale;
                run.Alert = run.Alert.IsStale ? run.Alert : run.Alert with { IsStale = true };
                break;
            case MissingPolicy.Clear:
                ClearByMissing(run, passed);
                break;
            case MissingPolicy.Breach:
                BreachByMissing(run, passed);
                break;
            default:
                run.Reason = AlertReason.MissingIgnored;
                break;
        }
    }

    private static AlertReason Paused(AlertState state) => state switch
    {
        AlertState.Pending => AlertReason.HoldPaused,
        AlertState.Firing => AlertReason.StillFiring,
        AlertState.Recovering => AlertReason.RecoveryPaused,
        AlertState.NoData => AlertReason.StillNoData,
        _ => AlertReason.Nothing,
    };

    private static void ClearByMissing(MachineRun run, TimeSpan passed)
    {
        if (run.Alert.State is not (AlertState.Firing or AlertState.Recovering))
        {
            run.Reason = AlertReason.Nothing;
            return;
        }

        AlertClocks clocks = run.Clocks;
        TimeSpan kept = clocks.IsClearing ? clocks.Kept + passed : TimeSpan.Zero;
        run.Clocks = clocks with { Kept = kept, IsClearing = true };
        run.Enter(AlertState.Recovering, AlertReason.ClearingByMissing);
        if (kept >= run.Policy.Keep)
        {
            run.Close(AlertReason.ClearedByMissing, isResolved: true);
        }
    }

    private static void BreachByMissing(MachineRun run, TimeSpan passed)
    {
        switch (run.Alert.State)
        {
            case AlertState.Unknown or AlertState.Normal:
                Begin(run, run.Alert.LastAsOf ?? run.Now, AlertReason.MissingCounts);
                HoldByMissing(run, TimeSpan.Zero);
                break;
            case AlertState.Pending:
                HoldByMissing(run, passed);
                break;
            case AlertState.Recovering:
                Flap(run, AlertReason.MissingCounts);
                break;
            default:
                run.Reason = AlertReason.StillFiring;
                break;
        }
    }

    private static void HoldByMissing(MachineRun run, TimeSpan passed)
    {
        AlertClocks clocks = run.Clocks;
        run.Clocks = clocks with { Held = clocks.Held + passed, IsSynthetic = true };
        run.Reason = AlertReason.MissingCounts;
        if (run.Clocks.Held >= run.Policy.For)
        {
            Fire(run, AlertReason.FiredByMissing);
        }
    }

    private static void OnError(MachineRun run, TimeSpan failing)
    {
        // A clock that ran because data were missing does not run because the evaluation fails.
        run.Clocks = run.Clocks with { IsClearing = false };
        run.Reason = AlertReason.ErrorSeen;
        if (run.Alert.State == AlertState.Pending)
        {
            OnGap(run, failing, TimeSpan.Zero, AlertReason.HoldPaused);
        }

        SpeakOfPause(run);
        if (failing > run.Policy.ErrorFor && run.Alert.FaultedSince is null)
        {
            run.Alert = run.Alert with { FaultedSince = run.Now };
            run.Reason = AlertReason.Faulted;
            run.Add(AlertEffectKind.Fault, AlertReason.Faulted);
        }
    }

    private static void EndFault(MachineRun run)
    {
        if (run.Alert.FaultedSince is not null)
        {
            run.Alert = run.Alert with { FaultedSince = null };
            run.Add(AlertEffectKind.FaultResolved, AlertReason.DataReturned);
        }
    }

    private static void RestoreData(MachineRun run, AlertReason reason)
    {
        if (run.Alert.Before is { } before)
        {
            run.Alert = run.Alert with { Before = null, Clocks = before.Clocks, NoDataSince = null };
            run.Alert = run.Alert with { UndecidedSince = run.Alert.UndecidedSince is null ? null : run.Alert.LastAsOf };
            run.Enter(before.State, reason);
            run.Add(AlertEffectKind.NoDataResolved, reason);
        }
    }

    private static void SpeakOfPause(MachineRun run)
    {
        if (run.Alert is { State: AlertState.Recovering, PauseToldSince: null } && Undecided(run.Alert) > UndecidedMax)
        {
            run.Alert = run.Alert with { PauseToldSince = run.Now };
            run.Reason = AlertReason.RecoveryPausedTooLong;
            run.Add(AlertEffectKind.OwnerTold, AlertReason.RecoveryPausedTooLong);
        }
    }

    private static void ChangeRule(MachineRun run, AlertInput.RuleChanged changed)
    {
        run.Alert = run.Alert with { RuleVersion = run.Policy.RuleVersion, ConditionVersion = run.Policy.ConditionVersion };
        run.Reason = AlertReason.RuleTextChanged;
        if (run.Policy.Missing != MissingPolicy.NoData)
        {
            RestoreData(run, AlertReason.RuleTextChanged);
        }

        if (run.Policy.Missing != MissingPolicy.Breach && run.Clocks is { IsSynthetic: true, HasFired: false })
        {
            // Missing data no longer count as true, so what they added to the hold is taken back; what was really true for
            // long enough is certified anew by the next verdict.
            run.Clocks = run.Clocks with { Held = TimeSpan.Zero, IsSynthetic = false };
        }

        if (!changed.IsConditionChanged)
        {
            return;
        }

        // What the old condition certified says nothing of the new one; an episode that fired stays until it is denied.
        run.Clocks = Stopped(run.Clocks);
        run.Alert = run.Alert with { Barrier = null, Before = run.Alert.Before is { } before ? before with { Clocks = Stopped(before.Clocks) } : null };
        run.Reason = Paused(run.Alert.State);
        if (changed.DecidedAgain is not { } again)
        {
            return;
        }

        bool isDenied = again is { Truth: Truth.False, IsWarming: false };
        if (isDenied && run.Alert.IsFiring)
        {
            run.Alert = Heard(run, again, run.Alert.LastTruth);
            EndFault(run);
            RestoreData(run, AlertReason.RuleConditionChanged);
            run.Close(AlertReason.RuleConditionChanged, isResolved: true);
            return;
        }

        Take(run, again);
    }

    /// <summary>The clocks of an episode whose condition is another one now: what it was and whether it fired stays.</summary>
    private static AlertClocks Stopped(AlertClocks clocks) =>
        clocks with { Held = TimeSpan.Zero, LastTrue = null, Kept = TimeSpan.Zero, LastFalse = null, IsClearing = false };

    private static AlertStep End(MachineRun run, AlertReason reason)
    {
        Invariant.Require(reason is AlertReason.RuleRemoved or AlertReason.Unselected or AlertReason.Retired or AlertReason.RetiredAfterSilence);
        bool hasFired = run.Alert.IsFiring;
        bool isTombstone = run.Alert.TombstoneUntil is not null;
        EndFault(run);
        RestoreData(run, reason);
        run.Reason = reason;
        if (isTombstone)
        {
            return run.Finish();
        }

        if (!hasFired && run.Alert.LastEnd is null)
        {
            return run.Delete();
        }

        run.Close(reason, isResolved: hasFired);
        run.Alert = run.Alert with { TombstoneUntil = run.Now + TombstoneFor, IsStale = false, ErrorSince = null };
        return run.Finish();
    }
}
