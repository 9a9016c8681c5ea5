using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Machine;

/// <summary>Walks the state table row by row: from, input, to, effects.</summary>
public sealed class AlertMachineTableTests
{
    private static readonly Dictionary<string, Row> Rows = Table().ToDictionary(r => r.Name);

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_RowOfTheTable_GoesWhereItSays(string name)
    {
        Row row = Rows[name];

        AlertStep step = AlertMachine.Step(row.From, row.Input, row.Policy, At(row.Now));

        Assert.Equal(row.To, step.State?.State);
        Assert.Equal(row.Reason, step.Reason);
        Assert.Equal(row.Effects, step.Effects.Select(e => e.Kind));
    }

    [Fact]
    public void Step_MissingDataCountNoMore_WhatTheyAddedToTheHoldIsTakenBack()
    {
        AlertPolicy breach = Policy(missing: MissingPolicy.Breach);
        AlertInstance pending = Ticked(After(Normal(), Seen(Truth.Missing, 10, 160), breach), breach, from: 160, times: 3);
        Assert.Equal((AlertState.Pending, TimeSpan.FromSeconds(30)), (pending.State, pending.Clocks.Held));

        AlertInstance changed = After(pending, new AlertInput.RuleChanged(false, null), Policy(version: "v2"));
        AlertInstance almost = After(changed, Seen(Truth.True, 210, 260), Policy(version: "v2"));
        AlertInstance enough = After(almost, Seen(Truth.True, 210, 270), Policy(version: "v2"));

        Assert.Equal((AlertState.Pending, AlertState.Firing), (almost.State, enough.State));
    }

    [Fact]
    public void Step_ConditionChangedWhileDataAreMissing_WhatTheOldOneHeldDoesNotReturn()
    {
        AlertPolicy noData = Policy(missing: MissingPolicy.NoData);
        AlertPolicy other = Policy(missing: MissingPolicy.NoData, version: "v2");
        AlertInstance held = After(After(Fresh(), Seen(Truth.True, 0, 40), noData), Seen(Truth.Missing, 50, 190), noData);
        Assert.Equal((AlertState.NoData, TimeSpan.FromSeconds(40)), (held.State, held.Before!.Clocks.Held));

        AlertInstance changed = After(held, new AlertInput.RuleChanged(true, null), other);
        AlertInstance almost = After(changed, Seen(Truth.True, 200, 250), other);
        AlertInstance enough = After(almost, Seen(Truth.True, 200, 260), other);

        Assert.Equal((AlertState.Pending, AlertState.Firing), (almost.State, enough.State));
    }

    private static IEnumerable<Row> Table()
    {
        AlertPolicy hold = Policy();
        AlertPolicy atOnce = Policy(forSeconds: 0, keepSeconds: 0);
        AlertPolicy count = Policy(forSeconds: 0, required: 4, ofLast: 6);
        AlertPolicy clear = Policy(missing: MissingPolicy.Clear);
        AlertPolicy breach = Policy(missing: MissingPolicy.Breach);
        AlertPolicy noData = Policy(missing: MissingPolicy.NoData);
        AlertPolicy ignore = Policy(missing: MissingPolicy.Ignore);
        AlertInput tick = new AlertInput.Tick();

        yield return new("Unknown, True, for > 0", Fresh(), Seen(Truth.True, 0, 10), hold, AlertState.Pending, AlertReason.HoldStarted, AlertEffectKind.EpisodeStarted);
        yield return new("Unknown, True, for = 0", Fresh(), Seen(Truth.True, 0, 10), atOnce, AlertState.Firing, AlertReason.FiredAtOnce, AlertEffectKind.EpisodeStarted, AlertEffectKind.Fire);
        yield return new("Unknown, True that certifies the whole hold", Fresh(), Seen(Truth.True, 0, 60), hold, AlertState.Firing, AlertReason.HoldReached, AlertEffectKind.EpisodeStarted, AlertEffectKind.Fire);
        yield return new("Unknown, False", Fresh(), Seen(Truth.False, 0, 10), hold, AlertState.Normal, AlertReason.Nothing);
        yield return new("Unknown, Hold", Fresh(), Seen(Truth.Hold, 0, 10), hold, AlertState.Unknown, AlertReason.Nothing);
        yield return new("Unknown, short gap", Fresh(), Seen(Truth.Missing, 0, 10), hold, AlertState.Unknown, AlertReason.Nothing);
        yield return new("Unknown, short error", Fresh(), Seen(Truth.Error, 0, 10), hold, AlertState.Unknown, AlertReason.ErrorSeen);
        yield return new("Normal, True, for > 0", Normal(), Seen(Truth.True, 10, 20), hold, AlertState.Pending, AlertReason.HoldStarted, AlertEffectKind.EpisodeStarted);
        yield return new("Normal, Tick", Normal(), tick, hold, AlertState.Normal, AlertReason.Ticked);
        yield return new("Normal, long gap, breach", Normal(), Seen(Truth.Missing, 10, 120), breach, AlertState.Pending, AlertReason.MissingCounts, AlertEffectKind.EpisodeStarted);

        yield return new("Pending, True, hold not reached", Pending(), Seen(Truth.True, 0, 50), hold, AlertState.Pending, AlertReason.HoldGrew);
        yield return new("Pending, True, hold reached", Pending(), Seen(Truth.True, 0, 60), hold, AlertState.Firing, AlertReason.HoldReached, AlertEffectKind.Fire);
        yield return new("Pending, True behind a short gap counts it", Pending(), Seen(Truth.True, 25, 60), hold, AlertState.Firing, AlertReason.HoldReached, AlertEffectKind.Fire);
        yield return new("Pending, True behind a long gap does not", Pending(), Seen(Truth.True, 36, 60), hold, AlertState.Pending, AlertReason.HoldGrew);
        yield return new("Pending, M of N reached", Pending(count), Seen(Truth.True, 0, 20, count: 4), count, AlertState.Firing, AlertReason.CountReached, AlertEffectKind.Fire);
        yield return new("Pending, M of N not reached", Pending(count), Seen(Truth.True, 0, 20, count: 3), count, AlertState.Pending, AlertReason.HoldGrew);
        yield return new("Pending, False", Pending(), Seen(Truth.False, 15, 20), hold, AlertState.Normal, AlertReason.NearMiss, AlertEffectKind.NearMiss);
        yield return new("Pending, Hold", Pending(), Seen(Truth.Hold, 15, 20), hold, AlertState.Pending, AlertReason.HoldPaused);
        yield return new("Pending, short gap", Pending(), Seen(Truth.Missing, 10, 30), hold, AlertState.Pending, AlertReason.HoldPaused);
        yield return new("Pending, short error", Pending(), Seen(Truth.Error, 10, 20), hold, AlertState.Pending, AlertReason.HoldPaused);
        foreach (AlertPolicy policy in new[] { hold, ignore, clear })
        {
            yield return new($"Pending, long gap, {policy.Missing}", Pending(policy), Seen(Truth.Missing, 10, 110), policy, AlertState.Normal, AlertReason.PendingLapsed);
            yield return new($"Pending, long error, {policy.Missing}", Pending(policy), Seen(Truth.Error, 10, 110), policy, AlertState.Normal, AlertReason.Faulted, AlertEffectKind.Fault);
        }

        yield return new("Pending, long gap, breach, a verdict", Pending(breach), Seen(Truth.Missing, 10, 110), breach, AlertState.Pending, AlertReason.MissingCounts);
        yield return new("Pending, long gap, breach, ticks reach the hold", Ticked(After(Pending(breach), Seen(Truth.Missing, 10, 110), breach), breach, 110, 4), tick, breach, AlertState.Firing, AlertReason.FiredByMissing, AlertEffectKind.Fire) { Now = 160 };
        yield return new("Pending, long gap, noData", Pending(noData), Seen(Truth.Missing, 10, 110), noData, AlertState.NoData, AlertReason.WentNoData, AlertEffectKind.NoData);
        yield return new("Pending, condition changed, decided True over the window", Pending(), Changed(Seen(Truth.True, -60, 10)), hold, AlertState.Firing, AlertReason.HoldReached, AlertEffectKind.Fire);
        yield return new("Pending, condition changed, decided False", Pending(), Changed(Seen(Truth.False, -60, 10)), hold, AlertState.Normal, AlertReason.NearMiss, AlertEffectKind.NearMiss);
        yield return new("Pending, for or text changed", Pending(), new AlertInput.RuleChanged(false, null), hold, AlertState.Pending, AlertReason.RuleTextChanged);

        yield return new("Firing, True", Firing(), Seen(Truth.True, 0, 70), hold, AlertState.Firing, AlertReason.StillFiring);
        yield return new("Firing, Hold", Firing(), Seen(Truth.Hold, 60, 70), hold, AlertState.Firing, AlertReason.StillFiring);
        yield return new("Firing, Hold for more than 24 h, hold", Firing(), Seen(Truth.Hold, 60, 86_500), hold, AlertState.Firing, AlertReason.WentStale);
        yield return new("Firing, Hold for more than 24 h, noData", Firing(noData), Seen(Truth.Hold, 60, 86_500), noData, AlertState.NoData, AlertReason.WentNoData, AlertEffectKind.NoData);
        yield return new("Firing, False, keep > 0", Firing(), Seen(Truth.False, 65, 70), hold, AlertState.Recovering, AlertReason.RecoveryStarted);
        yield return new("Firing, False, keep = 0", Firing(atOnce), Seen(Truth.False, 65, 70), atOnce, AlertState.Normal, AlertReason.Cleared, AlertEffectKind.Resolve);
        yield return new("Firing, a longer for never un-fires", Firing(), new AlertInput.RuleChanged(false, null), Policy(forSeconds: 600, version: "v2"), AlertState.Firing, AlertReason.RuleTextChanged);
        yield return new("Firing, condition changed, decided False", Firing(), Changed(Seen(Truth.False, 0, 60)), hold, AlertState.Normal, AlertReason.RuleConditionChanged, AlertEffectKind.Resolve);
        yield return new("Firing, condition changed, decided Hold", Firing(), Changed(Seen(Truth.Hold, 0, 60)), hold, AlertState.Firing, AlertReason.StillFiring);
        yield return new("Firing, condition changed, not decided yet", Firing(), Changed(null), hold, AlertState.Firing, AlertReason.StillFiring);

        yield return new("Recovering, True", Recovering(), Seen(Truth.True, 75, 80), hold, AlertState.Firing, AlertReason.Flapped, AlertEffectKind.Flap);
        yield return new("Recovering, False, keep not reached", Recovering(), Seen(Truth.False, 65, 120), hold, AlertState.Recovering, AlertReason.RecoveryGrew);
        yield return new("Recovering, False, keep reached", Recovering(), Seen(Truth.False, 65, 125), hold, AlertState.Normal, AlertReason.Cleared, AlertEffectKind.Resolve);
        yield return new("Recovering, Hold", Recovering(), Seen(Truth.Hold, 70, 400), hold, AlertState.Recovering, AlertReason.RecoveryPaused);
        yield return new("Recovering, Hold for more than 24 h", Recovering(), Seen(Truth.Hold, 70, 87_000), hold, AlertState.Recovering, AlertReason.RecoveryPausedTooLong, AlertEffectKind.OwnerTold);
        yield return new("Recovering, long gap, hold", Recovering(), Seen(Truth.Missing, 70, 400), hold, AlertState.Recovering, AlertReason.WentStale);
        yield return new("Recovering, long gap, ignore", Recovering(ignore), Seen(Truth.Missing, 70, 400), ignore, AlertState.Recovering, AlertReason.MissingIgnored);
        yield return new("Recovering, condition changed, decided False", Recovering(), Changed(Seen(Truth.False, 0, 70)), hold, AlertState.Normal, AlertReason.RuleConditionChanged, AlertEffectKind.Resolve);

        yield return new("Firing, long gap, clear", Firing(clear), Seen(Truth.Missing, 60, 160), clear, AlertState.Recovering, AlertReason.ClearingByMissing);
        yield return new("Recovering by a gap, ticks reach keep", Ticked(After(Firing(clear), Seen(Truth.Missing, 60, 160), clear), clear, 160, 5), tick, clear, AlertState.Normal, AlertReason.ClearedByMissing, AlertEffectKind.Resolve) { Now = 220 };
        yield return new("Recovering by a gap, a value starts the recovery anew", After(Firing(clear), Seen(Truth.Missing, 60, 160), clear), Seen(Truth.False, 161, 170), clear, AlertState.Recovering, AlertReason.RecoveryGrew);
        yield return new("Recovering by a gap, an error stops the clock", After(Firing(clear), Seen(Truth.Missing, 60, 160), clear), Seen(Truth.Error, 161, 170), clear, AlertState.Recovering, AlertReason.ErrorSeen);
        yield return new("Firing, long gap, breach", Firing(breach), Seen(Truth.Missing, 60, 160), breach, AlertState.Firing, AlertReason.StillFiring);
        yield return new("Recovering, long gap, breach", Recovering(breach), Seen(Truth.Missing, 70, 170), breach, AlertState.Firing, AlertReason.MissingCounts, AlertEffectKind.Flap);
        foreach ((string from, AlertInstance start) in new[] { ("Unknown", Fresh()), ("Normal", Normal()), ("Firing", Firing(noData)), ("Recovering", Recovering(noData)) })
        {
            yield return new($"{from}, long gap, noData", start, Seen(Truth.Missing, 100, 200), noData, AlertState.NoData, AlertReason.WentNoData, AlertEffectKind.NoData);
        }

        yield return new("Firing, long gap, hold", Firing(), Seen(Truth.Missing, 60, 160), hold, AlertState.Firing, AlertReason.WentStale);
        yield return new("Firing, silence, hold", Ticked(Firing(), hold, 60, 9), tick, hold, AlertState.Firing, AlertReason.WentStale) { Now = 160 };
        yield return new("Firing, one tick over a jump of the clock", Firing(), tick, hold, AlertState.Firing, AlertReason.Ticked) { Now = 100_000 };

        yield return new("NoData before Firing, True", Silent(Firing(noData)), Seen(Truth.True, 200, 210), noData, AlertState.Firing, AlertReason.StillFiring, AlertEffectKind.NoDataResolved);
        yield return new("NoData before Firing, False", Silent(Firing(noData)), Seen(Truth.False, 200, 210), noData, AlertState.Recovering, AlertReason.RecoveryStarted, AlertEffectKind.NoDataResolved);
        yield return new("NoData before Pending, Hold", Silent(Pending(noData)), Seen(Truth.Hold, 200, 210), noData, AlertState.Pending, AlertReason.HoldPaused, AlertEffectKind.NoDataResolved);
        yield return new("NoData before Pending, True: the gap does not count", Silent(Pending(noData)), Seen(Truth.True, 200, 210), noData, AlertState.Pending, AlertReason.HoldGrew, AlertEffectKind.NoDataResolved);
        yield return new("NoData, Missing", Silent(Firing(noData)), Seen(Truth.Missing, 60, 300), noData, AlertState.NoData, AlertReason.StillNoData);
        yield return new("NoData, another policy", Silent(Firing(noData)), new AlertInput.RuleChanged(false, null), hold, AlertState.Firing, AlertReason.RuleTextChanged, AlertEffectKind.NoDataResolved);

        yield return new("Firing, long error", Firing(), Seen(Truth.Error, 60, 100), hold, AlertState.Firing, AlertReason.Faulted, AlertEffectKind.Fault);
        yield return new("Firing, faulted, a value", After(Firing(), Seen(Truth.Error, 60, 100), hold), Seen(Truth.Hold, 100, 110), hold, AlertState.Firing, AlertReason.StillFiring, AlertEffectKind.FaultResolved);
        yield return new("Firing, error for a day, clear", Firing(clear), Seen(Truth.Error, 60, 90_000), clear, AlertState.Firing, AlertReason.Faulted, AlertEffectKind.Fault);

        foreach (AlertReason reason in new[] { AlertReason.Retired, AlertReason.RuleRemoved, AlertReason.Unselected })
        {
            AlertInput.Ended ended = new(reason);
            yield return new($"Firing, {reason}", Firing(), ended, hold, AlertState.Normal, reason, AlertEffectKind.Resolve);
            yield return new($"Recovering, {reason}", Recovering(), ended, hold, AlertState.Normal, reason, AlertEffectKind.Resolve);
            yield return new($"NoData before Firing, {reason}", Silent(Firing(noData)), ended, noData, AlertState.Normal, reason, AlertEffectKind.NoDataResolved, AlertEffectKind.Resolve);
            yield return new($"NoData before Pending, {reason}", Silent(Pending(noData)), ended, noData, null, reason, AlertEffectKind.NoDataResolved);
            yield return new($"Pending, {reason}", Pending(), ended, hold, null, reason);
            yield return new($"Unknown, {reason}", Fresh(), ended, hold, null, reason);
            yield return new($"Normal, {reason}", Normal(), ended, hold, null, reason);
        }

        yield return new("Tombstone, seven days later", After(Firing(), new AlertInput.Ended(AlertReason.Retired), hold), tick, hold, null, AlertReason.Ticked) { Now = 7 * 86_400 + 60 };
        yield return new("Firing, False while warming", Firing(), Seen(Truth.False, 65, 70, isWarming: true), hold, AlertState.Firing, AlertReason.Warming);
        yield return new("Firing, long gap while warming, clear", Firing(clear), Seen(Truth.Missing, 60, 160, isWarming: true), clear, AlertState.Firing, AlertReason.Warming);
        yield return new("Firing, an outdated False", Firing(), Seen(Truth.False, 0, 60), hold, AlertState.Firing, AlertReason.Outdated);
    }

    private static AlertInstance Fresh() => AlertInstance.Of(Verdict(Truth.Hold, 0, 0));

    private static AlertInstance Normal() => After(Fresh(), Seen(Truth.False, -10, 0), Policy());

    private static AlertInstance Pending(AlertPolicy? policy = null) => After(Fresh(), Seen(Truth.True, 0, 10, count: 1), policy ?? Policy());

    private static AlertInstance Firing(AlertPolicy? policy = null) => After(Fresh(), Seen(Truth.True, 0, 60), policy ?? Policy());

    private static AlertInstance Recovering(AlertPolicy? policy = null) => After(Firing(policy), Seen(Truth.False, 65, 70), policy ?? Policy());

    private static AlertInstance Silent(AlertInstance before) => After(before, Seen(Truth.Missing, 60, 190), Policy(missing: MissingPolicy.NoData));

    private static AlertInput.RuleChanged Changed(AlertInput.Observation? again) => new(true, again);

    private static AlertInstance After(AlertInstance start, AlertInput input, AlertPolicy policy)
    {
        double now = input is AlertInput.Observation seen ? (seen.AsOf - T0).TotalSeconds : 60;
        return AlertMachine.Step(start, input, policy, At(now)).State!;
    }

    private static AlertInstance Ticked(AlertInstance start, AlertPolicy policy, double from, int times)
    {
        for (int i = 1; i <= times; i++)
        {
            start = AlertMachine.Step(start, new AlertInput.Tick(), policy, At(from + (10 * i))).State!;
        }

        return start;
    }

    private sealed record Row(
        string Name, AlertInstance From, AlertInput Input, AlertPolicy Policy, AlertState? To, AlertReason Reason, params AlertEffectKind[] Effects)
    {
        public double Now { get; init; } = (Input as AlertInput.Observation)?.AsOf is { } asOf ? (asOf - T0).TotalSeconds : 60;
    }
}
