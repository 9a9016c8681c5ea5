using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Alerts;

/// <summary>The life of one alert as one pure function.</summary>
/// <remarks>
/// <para>
/// A verdict certifies an interval of event time, and clocks advance only over what is certified: silence, gaps, errors
/// and "between the thresholds" stop them and never count as health or as trouble. A verdict that certifies a whole hold
/// decides at once, so an activation that lost its clocks catches up with the first word it hears.
/// </para>
/// <para>
/// The life cycle follows Prometheus (pending, firing, keep firing for) with four changes: a gap pauses a pending alert
/// in place of deleting it; an error never ends an alert; an alert never falls back from firing to pending; and missing
/// data is a policy of the rule with a name of its own in every message.
/// </para>
/// </remarks>
public static partial class AlertMachine
{
    /// <summary>A tick counts for at most this long, so that a clock that jumps ahead decides nothing.</summary>
    public static readonly TimeSpan TickMax = TimeSpan.FromMinutes(1);

    /// <summary>A recovery that is paused, or a firing alert that is undecided, for longer than this is spoken of.</summary>
    public static readonly TimeSpan UndecidedMax = TimeSpan.FromHours(24);

    /// <summary>How long the end of an episode is remembered: as long as windows are kept, in event time: a clock that jumps forgets nothing.</summary>
    public static readonly TimeSpan EndRememberedFor = TimeSpan.FromHours(1);

    /// <summary>How long a withdrawn alert is remembered.</summary>
    public static readonly TimeSpan TombstoneFor = TimeSpan.FromDays(7);

    /// <summary>Decides one input.</summary>
    /// <param name="state">The alert before.</param>
    /// <param name="input">What happened.</param>
    /// <param name="policy">The rule as it is now.</param>
    /// <param name="now">The clock at the edge. It moves no event-time clock.</param>
    public static AlertStep Step(AlertInstance state, AlertInput input, AlertPolicy policy, Timestamp now)
    {
        MachineRun run = new(state, policy, now);
        switch (input)
        {
            case AlertInput.Observation seen:
                Observe(run, seen);
                return run.Finish();
            case AlertInput.Tick:
                Tick(run);
                return run.Alert.State == AlertState.Normal && run.Alert.TombstoneUntil <= now ? run.Delete() : run.Finish();
            case AlertInput.RuleChanged changed:
                ChangeRule(run, changed);
                return run.Finish();
            case AlertInput.Ended ended:
                return End(run, ended.Reason);
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "is no input of the machine");
        }
    }

    private static void Observe(MachineRun run, AlertInput.Observation seen)
    {
        if (run.Alert.LastAsOf is { } last && seen.AsOf <= last)
        {
            run.Reason = AlertReason.Outdated;
            return;
        }

        Take(run, seen);
    }

    private static void Take(MachineRun run, AlertInput.Observation said)
    {
        bool isUnbelieved = said is { IsWarming: true, Truth: Truth.False or Truth.Missing };
        AlertInput.Observation seen = isUnbelieved ? said with { Truth = Truth.Hold } : said;
        Truth? previous = run.Alert.LastTruth;
        run.Alert = Heard(run, seen, previous);
        if (seen.Truth is Truth.True or Truth.False or Truth.Hold)
        {
            EndFault(run);
            RestoreData(run, AlertReason.DataReturned);
        }

        switch (seen.Truth)
        {
            case Truth.True:
                OnTrue(run, seen, previous);
                break;
            case Truth.False:
                OnFalse(run, seen, previous);
                break;
            case Truth.Hold:
                OnHold(run, isUnbelieved);
                break;
            case Truth.Missing:
                OnGap(run, seen.AsOf - run.Alert.GapSince!.Value, TimeSpan.Zero);
                break;
            case Truth.Error:
                OnError(run, seen.AsOf - run.Alert.ErrorSince!.Value);
                break;
        }
    }

    /// <summary>Watermarks and overlays after a verdict; no state yet.</summary>
    private static AlertInstance Heard(MachineRun run, AlertInput.Observation seen, Truth? previous)
    {
        AlertInstance alert = run.Alert;
        bool isDecided = seen.Truth is Truth.True or Truth.False;
        return alert with
        {
            LastTruth = seen.Truth,
            LastAsOf = alert.LastAsOf is { } last ? Timestamp.Max(last, seen.AsOf) : seen.AsOf,
            GapSince = seen.Truth == Truth.Missing ? Since(alert.GapSince, previous == Truth.Missing, seen.From) : null,
            ErrorSince = seen.Truth == Truth.Error ? Since(alert.ErrorSince, previous == Truth.Error, seen.From) : null,
            UndecidedSince = isDecided ? null : alert.UndecidedSince ?? Later(seen.From, alert.LastAsOf),
            LastEnd = alert.LastEnd is { } end && seen.AsOf - end > EndRememberedFor ? null : alert.LastEnd,
            SilentFor = TimeSpan.Zero,
            LastTick = run.Now,
            Barrier = seen.Truth == Truth.False ? seen.AsOf : alert.Barrier,
            IsStale = alert.IsStale && (seen.Truth is Truth.Missing or Truth.Error),
            Evidence = seen.Truth == Truth.Missing ? alert.Evidence : seen.Evidence,
        };

        static Timestamp Since(Timestamp? before, bool isSame, Timestamp from) =>
            isSame && before is { } earlier ? Timestamp.Min(earlier, from) : from;

        static Timestamp Later(Timestamp from, Timestamp? last) => last is { } end ? Timestamp.Max(from, end) : from;
    }

    private static void OnTrue(MachineRun run, AlertInput.Observation seen, Truth? previous)
    {
        switch (run.Alert.State)
        {
            case AlertState.Unknown or AlertState.Normal:
                Timestamp onset = run.Alert.Barrier is { } barrier && seen.From <= barrier ? seen.AsOf : seen.From;
                Begin(run, onset, AlertReason.HoldStarted);
                Hold(run, seen, previous, AlertReason.HoldStarted);
                break;
            case AlertState.Pending:
                Hold(run, seen, previous, AlertReason.HoldGrew);
                break;
            case AlertState.Firing:
                run.Clocks = run.Clocks with { LastTrue = seen.AsOf };
                run.Reason = AlertReason.StillFiring;
                break;
            case AlertState.Recovering:
                run.Clocks = run.Clocks with { LastTrue = seen.AsOf };
                Flap(run, AlertReason.Flapped);
                break;
        }
    }

    private static void Begin(MachineRun run, Timestamp wanted, AlertReason reason)
    {
        // A new condition may be true since before the old one ended an episode; the new episode begins after that one.
        Timestamp onset = run.Alert.LastEnd is { } end && wanted <= end ? new Timestamp(end.UnixMs + 1) : wanted;
        run.Clocks = AlertClocks.Begin(AlertIdentity.Episode(run.Alert.Fingerprint, onset), onset);
        run.Alert = run.Alert with { TombstoneUntil = null };
        run.Enter(AlertState.Pending, reason);
        run.Add(AlertEffectKind.EpisodeStarted, reason);
    }

    /// <summary>Adds what is newly certified to the hold and fires when it is long enough.</summary>
    private static void Hold(MachineRun run, AlertInput.Observation seen, Truth? previous, AlertReason otherwise)
    {
        AlertClocks clocks = run.Clocks;
        TimeSpan held = clocks.Held + Certified(seen, clocks.LastTrue, run.Alert.Barrier, previous == Truth.True, run.Policy.MaxGap);
        held = seen.Held > held ? seen.Held : held;
        if (run.Alert.Barrier is { } barrier && held > seen.AsOf - barrier)
        {
            held = seen.AsOf - barrier;
        }

        run.Clocks = clocks with { Held = held, LastTrue = seen.AsOf };
        bool isCounted = run.Policy.RequiredTrue > 0;
        if (isCounted && seen.TrueOfLastN >= run.Policy.RequiredTrue)
        {
            Fire(run, AlertReason.CountReached);
        }
        else if (held >= run.Policy.For && (!isCounted || run.Policy.For > TimeSpan.Zero))
        {
            Fire(run, run.Policy.For == TimeSpan.Zero ? AlertReason.FiredAtOnce : AlertReason.HoldReached);
        }
        else
        {
            run.Reason = otherwise;
        }
    }

    /// <summary>
    /// The part of a verdict's interval that is news, and the gap before it where both its ends say the same and it is
    /// no longer than <paramref name="maxGap"/>.
    /// </summary>
    private static TimeSpan Certified(AlertInput.Observation seen, Timestamp? lastSame, Timestamp? barrier, bool isSame, TimeSpan maxGap)
    {
        Timestamp from = barrier is { } wall ? Timestamp.Max(seen.From, Timestamp.Min(wall, seen.AsOf)) : seen.From;
        if (lastSame is not { } last)
        {
            return seen.AsOf - from;
        }

        bool isBridged = from <= last || (isSame && from - last <= maxGap);
        return seen.AsOf - (isBridged ? last : from);
    }

    private static void Fire(MachineRun run, AlertReason reason)
    {
        run.Clocks = run.Clocks with { HasFired = true };
        run.Enter(AlertState.Firing, reason);
        run.Add(AlertEffectKind.Fire, reason);
    }

    private static void Flap(MachineRun run, AlertReason reason)
    {
        AlertClocks clocks = run.Clocks;
        run.Clocks = clocks with { Kept = TimeSpan.Zero, LastFalse = null, IsClearing = false, Flaps = clocks.Flaps + 1 };
        run.Alert = run.Alert with { PauseToldSince = null };
        run.Enter(AlertState.Firing, reason);
        run.Add(AlertEffectKind.Flap, reason);
    }

    private static void OnFalse(MachineRun run, AlertInput.Observation seen, Truth? previous)
    {
        switch (run.Alert.State)
        {
            case AlertState.Unknown or AlertState.Normal:
                run.Enter(AlertState.Normal, AlertReason.Nothing);
                break;
            case AlertState.Pending:
                run.Alert = run.Alert with { NearMisses = run.Alert.NearMisses + 1 };
                run.Close(AlertReason.NearMiss, isResolved: false);
                run.Add(AlertEffectKind.NearMiss, AlertReason.NearMiss);
                break;
            case AlertState.Firing:
                run.Enter(AlertState.Recovering, AlertReason.RecoveryStarted);
                Recover(run, seen, isSame: false, AlertReason.RecoveryStarted);
                break;
            case AlertState.Recovering:
                Recover(run, seen, previous == Truth.False, AlertReason.RecoveryGrew);
                break;
        }
    }

    private static void Recover(MachineRun run, AlertInput.Observation seen, bool isSame, AlertReason otherwise)
    {
        // Time that ran because data were missing is no evidence of health: a value starts the recovery anew.
        AlertClocks clocks = run.Clocks.IsClearing ? run.Clocks with { Kept = TimeSpan.Zero, LastFalse = null, IsClearing = false } : run.Clocks;
        TimeSpan kept = clocks.Kept + Certified(seen, clocks.LastFalse, clocks.LastTrue, isSame, run.Policy.MaxGap);
        run.Clocks = clocks with { Kept = kept, LastFalse = seen.AsOf };
        run.Alert = run.Alert with { PauseToldSince = null };
        run.Reason = otherwise;
        if (kept >= run.Policy.Keep)
        {
            run.Close(AlertReason.Cleared, isResolved: true);
        }
    }

    private static void OnHold(MachineRun run, bool isUnbelieved)
    {
        if (!isUnbelieved && IsUndecidedTooLong(run.Alert))
        {
            OnGap(run, Undecided(run.Alert), TimeSpan.Zero);
            return;
        }

        run.Clocks = run.Clocks with { IsClearing = false };
        run.Reason = isUnbelieved ? AlertReason.Warming : Paused(run.Alert.State);
        SpeakOfPause(run);
    }
}
