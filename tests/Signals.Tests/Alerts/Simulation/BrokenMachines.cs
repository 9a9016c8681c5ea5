using System.Collections.Frozen;
using System.Collections.Immutable;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>The function under test with one mistake each. The simulator must find every one of them.</summary>
internal static class BrokenMachines
{
    public static IReadOnlyDictionary<string, StepFunction> All { get; } = new Dictionary<string, StepFunction>(StringComparer.Ordinal)
    {
        ["IgnoresKeep"] = (s, i, c, t) => EndpointAlerts.Step(s, i, WithPolicies(c, p => p with { Keep = TimeSpan.Zero }), t),
        ["CountsGapsAsHold"] = (s, i, c, t) => EndpointAlerts.Step(s, WithVerdicts(i, CountGap), c, t),
        ["TakesErrorForHealth"] = (s, i, c, t) => EndpointAlerts.Step(s, WithVerdicts(i, v => v.Truth == Truth.Error ? v with { Truth = Truth.False } : v), c, t),
        ["TakesMissingForZero"] = (s, i, c, t) => EndpointAlerts.Step(s, WithVerdicts(i, v => v.Truth == Truth.Missing ? v with { Truth = Truth.False } : v), c, t),
        ["DropsSuppression"] = (s, i, c, t) => EndpointAlerts.Step(s, i, c with { Silences = [] }, t),
        ["SendsTwiceAfterRestart"] = (s, i, c, t) => ForgetTold(EndpointAlerts.Step(s, i, c, t)),
        ["ForgetsTheEnd"] = (s, i, c, t) => ForgetEnds(EndpointAlerts.Step(s, i, c, t)),
        ["ForgetsClaimedRows"] = (s, i, c, t) => EndpointAlerts.Step(DropClaimed(s, i), i, c, t),
        ["EndsWhatIsSilenced"] = (s, i, c, t) => EndpointAlerts.Step(EndSilenced(s, c, t), i, c, t),
        ["TellsWithoutInterval"] = (s, i, c, t) => EndpointAlerts.Step(s, i, c with { Routes = [.. c.Routes.Select(r => r with { GroupInterval = TimeSpan.FromSeconds(1) })] }, t),
    };

    private static AlertContext WithPolicies(AlertContext context, Func<AlertPolicy, AlertPolicy> change) =>
        context with { Policies = context.Policies.ToFrozenDictionary(p => p.Key, p => change(p.Value)) };

    private static EndpointInput WithVerdicts(EndpointInput input, Func<Verdict, Verdict> change) =>
        input is EndpointInput.Verdicts verdicts ? new EndpointInput.Verdicts([.. verdicts.Batch.Select(change)]) : input;

    private static Verdict CountGap(Verdict verdict) => verdict.Truth != Truth.True ? verdict : verdict with
    {
        From = verdict.From - TimeSpan.FromSeconds(60),
        Held = verdict.Held + TimeSpan.FromSeconds(60),
    };

    private static EndpointStep ForgetTold(EndpointStep step) => step with
    {
        State = step.State with { Groups = step.State.Groups.SetItems(step.State.Groups.Select(g => KeyValuePair.Create(g.Key, g.Value with { Told = [], SentAt = null }))) },
    };

    private static EndpointStep ForgetEnds(EndpointStep step) => step with
    {
        State = step.State with
        {
            Groups = step.State.Groups.SetItems(step.State.Groups.Select(g => KeyValuePair.Create(
                g.Key, g.Value with { Told = [.. g.Value.Told.Where(e => step.State.OpenIncidents.Any(i => i.EpisodeId == e))] }))),
        },
    };

    private static EndpointAlertsState DropClaimed(EndpointAlertsState state, EndpointInput input) => input is not EndpointInput.Tick ? state : state with
    {
        Rows = state.Rows.RemoveRange(state.Rows.Values.Where(r => r.Status == OutboxStatus.Claimed).Select(r => r.Id)),
    };

    private static EndpointAlertsState EndSilenced(EndpointAlertsState state, AlertContext context, Timestamp now) => state with
    {
        Instances = state.Instances.SetItems(state.Instances.Values
            .Where(a => a.State == AlertState.Firing && context.Silences.Any(s => s.IsActive(now) && s.Matchers[0].Value == a.RuleId))
            .Select(a => KeyValuePair.Create(a.Fingerprint, a with { State = AlertState.Recovering, Clocks = a.Clocks with { Kept = TimeSpan.FromHours(1) } }))),
    };
}
