using System.Collections.Immutable;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>Folds verdicts and time into the alerts, and the alerts into incidents.</summary>
internal static class VerdictFolding
{
    public static void Fold(EndpointRun run, ImmutableArray<Verdict> batch)
    {
        run.Expect(batch.Length);

        // Event time decides, arrival does not: whatever came together is taken in by its time.
        foreach (Verdict verdict in InOrder(batch))
        {
            Fold(run, verdict);
        }

        IncidentFolding.Settle(run);
    }

    public static void Tick(EndpointRun run)
    {
        foreach (AlertInstance alert in run.State.InstancesInOrder)
        {
            if (run.Context.Policies.TryGetValue(alert.RuleId, out AlertPolicy? policy) && !MayWait(alert, policy, run.Now))
            {
                bool isGone = IsGone(alert, policy, run.Context.Limits.RetireAfter);
                Step(run, alert, isGone ? new AlertInput.Ended(AlertReason.RetiredAfterSilence) : Passing, policy);
            }
        }

        IncidentFolding.Settle(run);
    }

    public static void ChangeRule(EndpointRun run, EndpointInput.RuleChanged changed)
    {
        if (!run.Context.Policies.TryGetValue(changed.RuleId, out AlertPolicy? policy))
        {
            run.Count(AlertCounter.VerdictUnknownRule);
            return;
        }

        Dictionary<string, Verdict> again = new(StringComparer.Ordinal);
        foreach (Verdict verdict in InOrder(changed.DecidedAgain))
        {
            again[run.Context.Fingerprints.Of(verdict.RuleId, verdict.Entity, verdict.Residual)] = verdict;
        }

        foreach (AlertInstance alert in run.State.Instances.Values.Where(a => string.Equals(a.RuleId, changed.RuleId, StringComparison.Ordinal)))
        {
            Verdict? verdict = again.GetValueOrDefault(alert.Fingerprint);
            AlertInput.Observation? decided = verdict is null ? null : AlertInput.Observation.Of(verdict);
            Step(run, alert, new AlertInput.RuleChanged(changed.IsConditionChanged, decided), policy);
        }

        foreach (Verdict verdict in InOrder([.. again.Where(v => !run.State.Instances.ContainsKey(v.Key)).Select(v => v.Value)]))
        {
            Fold(run, verdict);
        }

        IncidentFolding.Settle(run);
    }

    public static void End(EndpointRun run, Func<AlertInstance, bool> isMeant, AlertReason reason)
    {
        foreach (AlertInstance alert in run.State.Instances.Values.Where(isMeant))
        {
            Step(run, alert, new AlertInput.Ended(reason), run.Context.Policies.GetValueOrDefault(alert.RuleId) ?? Withdrawn(alert));
        }

        IncidentFolding.Settle(run);
    }

    private static AlertInput.Tick Passing { get; } = new();

    private static ImmutableArray<Verdict> InOrder(ImmutableArray<Verdict> batch)
    {
        for (int i = 1; i < batch.Length; i++)
        {
            if (Compare(batch[i - 1], batch[i]) > 0)
            {
                // A stable sort: of two that say the same, the first to come is the first to be taken in.
                return [.. batch.Order(Comparer<Verdict>.Create(Compare))];
            }
        }

        return batch;
    }

    private static int Compare(Verdict left, Verdict right)
    {
        int order = left.AsOf.CompareTo(right.AsOf);
        order = order != 0 ? order : string.CompareOrdinal(left.RuleId, right.RuleId);
        order = order != 0 ? order : left.Entity.CompareTo(right.Entity);
        order = order != 0 || (left.Residual.Count | right.Residual.Count) == 0
            ? order
            : string.CompareOrdinal(left.Residual.ToString(), right.Residual.ToString());
        order = order != 0 ? order : left.Epoch.CompareTo(right.Epoch);
        order = order != 0 ? order : left.Truth.CompareTo(right.Truth);
        return order != 0 ? order : left.From.CompareTo(right.From);
    }

    private static void Fold(EndpointRun run, Verdict verdict)
    {
        AlertPolicy? policy = run.Context.Policies.GetValueOrDefault(verdict.RuleId);
        if (Refusal(run, verdict, policy) is { } refusal)
        {
            run.Count(refusal);
            run.Decide(verdict.RuleId, AlertStage.Machine, refusal.ToString());
            return;
        }

        string fingerprint = run.Context.Fingerprints.Of(verdict.RuleId, verdict.Entity, verdict.Residual);
        AlertInstance? known = run.Instance(fingerprint);
        if (known is null && run.InstanceCount >= run.Context.Limits.InstancesMax)
        {
            run.Refuse(fingerprint, AlertCounter.InstanceLimit);
            return;
        }

        AlertInstance alert = known ?? AlertInstance.Of(verdict, fingerprint) with { ConditionVersion = policy!.ConditionVersion };
        if (alert.EpochSince is not null && verdict.Epoch < alert.Epoch)
        {
            run.Refuse(fingerprint, AlertCounter.VerdictLowerEpoch);
            return;
        }

        bool isNewSpeaker = alert.EpochSince is null || verdict.Epoch > alert.Epoch;
        AlertInstance heard = isNewSpeaker ? alert with { Epoch = verdict.Epoch, EpochSince = verdict.AsOf } : alert;
        AlertInput.Observation seen = AlertInput.Observation.Of(verdict);

        // Nobody warms up for ever: after twice the time that makes data stale, the speaker is believed.
        bool isBelieved = seen.IsWarming && seen.AsOf - heard.EpochSince!.Value > policy!.StaleAfter * 2;
        seen = isBelieved ? seen with { IsWarming = false } : seen;
        if (string.Equals(alert.RuleVersion, policy!.RuleVersion, StringComparison.Ordinal))
        {
            Step(run, heard, seen, policy);
        }
        else if (alert.ConditionVersion.Length == 0 || !string.Equals(alert.ConditionVersion, policy.ConditionVersion,
            StringComparison.Ordinal))
        {
            Step(run, heard, new AlertInput.RuleChanged(true, seen), policy);
        }
        else
        {
            // The same condition with another hold, policy or text: its clocks go on, and then it is heard as any other.
            Step(run, heard, new AlertInput.RuleChanged(false, null), policy);
            Step(run, run.Instance(fingerprint) ?? heard, seen, policy);
        }
    }

    private static AlertCounter? Refusal(EndpointRun run, Verdict verdict, AlertPolicy? policy)
    {
        if (policy is null)
        {
            return AlertCounter.VerdictUnknownRule;
        }

        return !string.Equals(policy.RuleVersion, verdict.RuleVersion, StringComparison.Ordinal) ? AlertCounter.VerdictOtherVersion
            : verdict.AsOf - run.Now > run.Context.Limits.FutureMax ? AlertCounter.VerdictFromTheFuture
            : null;
    }

    private static void Step(EndpointRun run, AlertInstance before, AlertInput input, AlertPolicy policy)
    {
        AlertStep step = AlertMachine.Step(before, input, policy, run.Now);
        if (before.IsDormant && step.State is { IsDormant: false } && StateSize.WouldOverflow(run.State, StateSize.Of(step.State), run.Context.Limits))
        {
            run.Refuse(before.Fingerprint, AlertCounter.HeadLimit);
            return;
        }

        if (input is not AlertInput.Tick || step.Reason != AlertReason.Ticked)
        {
            run.Decide(before.Fingerprint, AlertStage.Machine, step.Reason.ToString());
        }

        if (step.Reason == AlertReason.Outdated)
        {
            run.Count(AlertCounter.VerdictOutdated);
        }

        run.MustWrite |= step.IsDurable;
        Record(run, before, step);
        if (step.State is { } after)
        {
            run.Put(after);
        }
        else
        {
            run.State = run.State with { Instances = run.State.Instances.Remove(before.Fingerprint) };
        }

        IncidentFolding.Follow(run, before, step, policy);
    }

    private static void Record(EndpointRun run, AlertInstance before, AlertStep step)
    {
        foreach (AlertEffect effect in step.Effects)
        {
            if (effect.Kind is AlertEffectKind.NearMiss or AlertEffectKind.Flap)
            {
                run.Count(effect.Kind == AlertEffectKind.Flap ? AlertCounter.Flap : AlertCounter.NearMiss);
            }
        }

        AlertState to = step.State?.State ?? AlertState.Normal;
        if (before.State != to)
        {
            AlertInstance after = step.State ?? before;
            run.Add(new EndpointEffect.TransitionRecorded(
                Event(run, after), before.RuleId, after.RuleVersion, before.Entity, before.Residual, before.Fingerprint,
                after.Episode.EpisodeId ?? before.Episode.EpisodeId, before.State, to, step.Reason, after.Evidence));
        }
    }

    /// <summary>The event time of a change: that of its verdict; the clock where time alone decided.</summary>
    private static Timestamp Event(EndpointRun run, AlertInstance after) =>
        after.SilentFor == TimeSpan.Zero && after.LastAsOf is { } asOf ? asOf : run.Now;

    /// <summary>
    /// Of an alert at rest time alone decides nothing as long as its data are not stale: it is ticked less often, and less
    /// than what a tick counts for at the most, so no silence is lost by it.
    /// </summary>
    private static bool MayWait(AlertInstance alert, AlertPolicy policy, Timestamp now) =>
        alert.IsAtRest
        && alert.LastTick is { } last && now >= last && now - last < AlertMachine.TickMax / 2
        && (policy.Missing is MissingPolicy.Hold or MissingPolicy.Ignore or MissingPolicy.Clear
            || (alert.LastTruth is Truth.True or Truth.False or Truth.Hold && alert.SilentFor + (now - last) <= policy.StaleAfter));

    private static bool IsGone(AlertInstance alert, AlertPolicy policy, TimeSpan after) =>
        policy.Missing == MissingPolicy.Ignore
        && alert.TombstoneUntil is null
        && alert.Entity.Kind is EntityKind.Copy or EntityKind.Instance or EntityKind.Gpu
        && alert.LastTruth is not (null or Truth.Error)
        && alert.SilentFor + (alert.GapSince is { } since ? alert.LastAsOf!.Value - since : TimeSpan.Zero) > after;

    private static AlertPolicy Withdrawn(AlertInstance alert) => new(
        alert.RuleId, alert.RuleVersion, default, 0, 0, default, MissingPolicy.Hold, Severity.Info, false, default, TimeSpan.MaxValue, TimeSpan.MaxValue);
}
