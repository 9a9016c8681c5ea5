using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Alerts.Simulation.Properties;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>The properties, checked after every step and before every attempt. Written against the words, not the code.</summary>
internal sealed class SimulationChecks(IReadOnlyDictionary<string, SimulatedSeries> series, FakePublisher publisher)
{
    private readonly List<OutboxRow> _dropped = [];

    /// <summary>A publish that a process took with it when it died: nobody knows whether it happened.</summary>
    public void Dropped(OutboxRow row) => _dropped.Add(row);

    public void AfterStep(EndpointAlertsState before, EndpointInput input, EndpointStep step, Shadow shadow)
    {
        foreach (EndpointEffect effect in step.Effects)
        {
            switch (effect)
            {
                case EndpointEffect.TransitionRecorded { To: AlertState.Firing, From: not AlertState.Recovering and not AlertState.NoData } fired:
                    CheckFired(fired, shadow);
                    break;
                case EndpointEffect.TransitionRecorded { To: AlertState.Normal, From: AlertState.Firing or AlertState.Recovering } ended:
                    CheckEnded(ended, input, shadow);
                    break;
            }
        }

        // By content: a lineage that was lost may have used the same id for something else.
        _dropped.AddRange(step.State.Rows.Values.Where(r => r.MayHaveArrived && !_dropped.Exists(d => d.Id == r.Id && d.Firing.SequenceEqual(r.Firing))));
        _dropped.AddRange(step.Effects.OfType<EndpointEffect.NotificationFinished>().Select(f => f.Row).Where(r => r.Status == OutboxStatus.Uncertain));
        CheckKept(before, step);
    }

    /// <summary>A1: certified true time for `for`, or missing data that the rule counts as true.</summary>
    private void CheckFired(EndpointEffect.TransitionRecorded fired, Shadow shadow)
    {
        SimulatedSeries one = series[fired.RuleId];
        if (fired.Reason == AlertReason.FiredByMissing)
        {
            Require(one.Policy.Missing == MissingPolicy.Breach, "A1", "missing data fired under " + one.Policy.Missing);
            return;
        }

        bool hasMissing = one.Policy.Missing == MissingPolicy.Breach;
        TimeSpan most = one.HeldAtMost(shadow.Of(fired.RuleId).LastFalse, fired.Time);
        Require(hasMissing || most >= one.Policy.For, "A1", $"{fired.RuleId} fired at {fired.Time} after at most {most} of {one.Policy.For}");
    }

    /// <summary>A4, A5, A11: an alert ends only after `keep` without True, and never because of an error or, but for "clear", a gap.</summary>
    private void CheckEnded(EndpointEffect.TransitionRecorded ended, EndpointInput input, Shadow shadow)
    {
        if (input is EndpointInput.RuleChanged or EndpointInput.RuleRemoved or EndpointInput.Unselected or EndpointInput.Retired
            || ended.Reason is AlertReason.RetiredAfterSilence or AlertReason.RuleConditionChanged)
        {
            return;
        }

        Shadow.Series told = shadow.Of(ended.RuleId);
        AlertPolicy policy = series[ended.RuleId].Policy;
        Require(told.LastTruth != Truth.Error, "A4", $"{ended.RuleId} ended by {ended.Reason} on an error");
        bool isFalse = input is EndpointInput.Verdicts && told.LastTruth == Truth.False;
        Require(isFalse || policy.Missing == MissingPolicy.Clear, "A5", $"{ended.RuleId} ended by {ended.Reason} without a False under {policy.Missing}");
        Require(
            !isFalse || told.LastTrue is not { } last || ended.Time - last >= policy.Keep, "A11",
            $"{ended.RuleId} ended at {ended.Time}, {told.LastTrue} was True, keep is {policy.Keep}");
    }

    /// <summary>A2, A3, A9, A15: of what really goes out; what a lost race decided does not.</summary>
    public void CheckAttempt(EndpointEffect.PublishWanted wanted, EndpointAlertsState state, AlertContext context, Timestamp now)
    {
        OutboxRow row = wanted.Row;
        Require(wanted.Body.Subject.Length < 100 && wanted.Body.Subject.All(c => c is >= ' ' and <= '~'), "Subject", wanted.Body.Subject);
        Require(wanted.Body.Subject.StartsWith(wanted.Body.Kind.AlarmState() + ": ", StringComparison.Ordinal), "Subject", wanted.Body.Subject);
        foreach (string episode in row.News)
        {
            // What went out before it could be written may come again: that is the bargain, doubled rather than lost.
            bool isTwice = !row.IsUnrecorded && publisher.Remembered.Any(a =>
                a.Row.Id != row.Id && a.Row.GroupKey == row.GroupKey && a is { MayHaveArrived: true, Row.IsUnrecorded: false } && NotifyDecision.Has(a.Row.News, episode));
            Require(!isTwice, "A2", $"episode {episode[..8]} is told as new twice to {row.Receiver}, again in {Words(row)}; remembered from {publisher.RememberedFrom} of {publisher.Attempts.Count}{History(row.GroupKey)}");
        }

        if (row.Family == NotificationFamily.Undelivered)
        {
            return;
        }

        foreach (string episode in row.Ended)
        {
            bool isTold = publisher.Attempts.Exists(a => a.Row.GroupKey == row.GroupKey && a.MayHaveArrived && NotifyDecision.Has(a.Row.Firing, episode))
                || _dropped.Exists(d => d.GroupKey == row.GroupKey && NotifyDecision.Has(d.Firing, episode));
            Require(isTold, "A3", $"the end of {episode[..8]} is told to {row.Receiver}, its beginning was not");
            Require(!state.OpenIncidents.Any(i => i.EpisodeId == episode), "A15", $"the end of {episode[..8]} is told while it is open");
        }

        foreach (IncidentState incident in state.OpenIncidents.Where(i => NotifyDecision.Has(row.Firing, i.EpisodeId)))
        {
            bool isSilenced = incident.Members.Where(m => m.IsFiring).All(m => context.Silences.Any(s => s.IsActive(now) && s.Matchers[0].Value == m.RuleId));
            Require(!isSilenced, "A9", $"{incident.EpisodeId[..8]} is silenced and reaches {row.Receiver} as {row.Status} {row.Why} of {Short(row.Firing)}{History(row.GroupKey)}");
        }
    }

    /// <summary>A12, and that nothing disappears: what was there is there, or ended by name.</summary>
    private static void CheckKept(EndpointAlertsState before, EndpointStep step)
    {
        foreach (AlertInstance alert in before.Instances.Values.Where(a => a.IsFiring))
        {
            Require(step.State.Instances.ContainsKey(alert.Fingerprint), "A12", $"{alert.RuleId} fired and is gone");
        }

        foreach (IncidentState incident in before.OpenIncidents)
        {
            Require(step.State.Incidents.ContainsKey(incident.Id) || step.Effects.OfType<EndpointEffect.IncidentChanged>().Any(c => c.Incident.Id == incident.Id), "A12", "an open incident is gone");
        }

        foreach (OutboxRow row in before.Rows.Values)
        {
            bool isFinished = step.Effects.OfType<EndpointEffect.NotificationFinished>().Any(f => f.Row.Id == row.Id);
            Require(step.State.Rows.ContainsKey(row.Id) || isFinished, "A12", $"row {row.Id[..8]} is gone");
        }

        foreach (AlertGroup group in before.Groups.Values.Where(g => !g.Told.IsEmpty))
        {
            Require(step.State.Groups.ContainsKey(group.Key), "A12", "a group that was told is gone");
        }
    }

    /// <summary>A10: at most one notification of a group per interval, ends included; counted on the clock that decides.</summary>
    public void CheckInterval(OutboxRow row, TimeSpan observed, TimeSpan interval)
    {
        FakePublisher.Attempt? last = publisher.Remembered.LastOrDefault(a =>
            a.Row.GroupKey == row.GroupKey && a.Row.Id != row.Id && a is { MayHaveArrived: true, Answer: not null, Row.IsUnrecorded: false });
        bool isAgain = publisher.Attempts.Exists(a => a.Row.Id == row.Id);
        Require(isAgain || row.IsUnrecorded || last is null || observed - last.Observed >= interval, "A10", $"{row.Why} {observed - last?.Observed} after {last?.Row.Why}");
    }

    private string History(string group) => string.Concat(publisher.Attempts.Where(a => a.Row.GroupKey == group).Select(a =>
        $"\n  {a.Observed} {a.Row.Id[..6]} #{a.Row.Attempts} {a.Row.Kind} {a.Row.Why} {a.Answer} unrecorded={a.Row.IsUnrecorded} delivered={a.IsDelivered} firing={Short(a.Row.Firing)} ended={Short(a.Row.Ended)}"));

    private static string Words(OutboxRow row) => $"{row.Id[..6]} #{row.Attempts} {row.Kind} {row.Why} unrecorded={row.IsUnrecorded} uncertain={row.MayHaveArrived} planned={row.PlannedAt} firing={Short(row.Firing)} ended={Short(row.Ended)}";

    private static string Short(IEnumerable<string> episodes) => string.Join(',', episodes.Select(e => e[..8]));

    /// <summary>A13, at the end, when all is quiet: every beginning that may have arrived has one end, but for dead rows.</summary>
    public void CheckEnds()
    {
        HashSet<(string Group, string Episode)> dead = [];
        foreach (FakePublisher.Attempt attempt in publisher.Attempts.Where(a => a.Answer == PublishAnswer.RefusedForGood || a.Row.IsUnrecorded))
        {
            dead.UnionWith(attempt.Row.Ended.Concat(attempt.Row.Firing).Select(e => (attempt.Row.GroupKey, e)));
        }

        foreach (FakePublisher.Attempt attempt in publisher.Attempts.Where(a => a is { Row.Family: not NotificationFamily.Undelivered, IsDelivered: true }))
        {
            foreach (string episode in attempt.Row.Firing.Where(e => !dead.Contains((attempt.Row.GroupKey, e))))
            {
                int ends = publisher.Attempts
                    .Where(a => a.IsDelivered && a.Row.GroupKey == attempt.Row.GroupKey && NotifyDecision.Has(a.Row.Ended, episode))
                    .Select(a => a.Row.Id).Distinct(StringComparer.Ordinal).Count();
                Require(ends <= 1, "A13", $"{ends} ends of {episode[..8]} in {attempt.Row.Receiver}{History(attempt.Row.GroupKey)}");
                bool isUncertain = publisher.Attempts.Exists(a => a.Row.GroupKey == attempt.Row.GroupKey && NotifyDecision.Has(a.Row.Ended, episode) && a.MayHaveArrived);
                Require(ends == 1 || isUncertain, "A13", $"no end of {episode[..8]} in {attempt.Row.Receiver}{History(attempt.Row.GroupKey)}");
            }
        }
    }
}
