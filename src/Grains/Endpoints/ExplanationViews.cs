using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.Rules;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Endpoints;

/// <summary>Explains a rule by what a monitor holds, in the words that people read.</summary>
internal static class ExplanationViews
{
    private const int TargetsMax = 10;

    /// <param name="monitor">Of the endpoint; only for the turn of its owner.</param>
    /// <param name="rules">In force.</param>
    /// <param name="ruleId">Which rule.</param>
    /// <param name="entityText">Of whom, as people write it.</param>
    /// <param name="at">When; null: now.</param>
    public static (ExplanationView View, IReadOnlyList<string> Fingerprints) Explain(
        EndpointMonitor monitor, RuleSet rules, string ruleId, string entityText, Timestamp? at)
    {
        Timestamp? first = monitor.First is { } early && monitor.Block.Oldest is { } oldest
            ? Timestamp.Max(early, oldest).Floor(monitor.Block.Interval) + monitor.Block.Interval
            : null;
        ExplanationView view = new(ExplanationOutcome.NoRule, first, monitor.AsOf, null, entityText, null, []);
        if (rules.Find(ruleId) is not { } rule)
        {
            return (view, []);
        }

        view = view with { Rule = RuleViews.View(rule), Outcome = ExplanationOutcome.NoEntity };
        if (!(monitor.Topology.TryResolve(entityText, out EntityId? entity) || EntityId.TryParseKey(entityText, out entity))
            || !monitor.Topology.Contains(entity))
        {
            return (view, []);
        }

        RuleTarget[] targets = [.. RuleSelection.Select(rule, monitor.Topology, monitor.Block.Series).Where(t => t.Entity == entity)
            .Take(TargetsMax)];
        view = view with { Entity = monitor.Topology.Format(entity), Outcome = ExplanationOutcome.NotSelected };
        if (targets.Length == 0)
        {
            return (view, []);
        }

        Timestamp? row = at?.Floor(monitor.Block.Interval) ?? monitor.AsOf;
        view = view with { At = row, Outcome = ExplanationOutcome.NotHeld };
        if (row is not { } instant || instant < first || instant > monitor.AsOf)
        {
            return (view, []);
        }

        RuleExplainer explainer = new(monitor.Block, monitor.Topology, monitor.Quality, VerdictEpoch.Single);
        return (
            view with
            {
                Outcome = ExplanationOutcome.Explained,
                Targets = [.. targets.Select(t => Target(explainer.Explain(rule, t, instant, instant == monitor.AsOf, monitor.IsWarming)))],
            },
            [.. targets.Select(t => AlertIdentity.Fingerprint(rule.Id, t.Entity, t.Residual))]);
    }

    private static ExplainedTargetView Target(RuleExplanation explanation) => new(
        explanation.Target.Residual.ToString(),
        explanation.Verdict.Truth.ToString(),
        explanation.Verdict.From,
        explanation.Verdict.Held.TotalSeconds,
        explanation.Rule.For.TotalSeconds,
        explanation.Rule.OfLast > 0 ? explanation.Verdict.TrueOfLastN : null,
        explanation.Verdict.IsWarming,
        explanation.Verdict.Evidence.Text,
        Part(explanation.Raise),
        explanation.Clear is { } clear ? Part(clear) : null,
        explanation.IsQualityKnown,
        explanation.IsTruncated,
        null);

    private static ExplainedPartView Part(ExplainedNode node) => new(
        node.Kind, node.Expression, node.Truth.ToString(), node.Text, node.Entity, node.Value, node.Threshold, node.Lower, node.Upper,
        node.N, node.Window?.TotalSeconds, node.Newest, node.Series, node.Parts.IsEmpty ? null : [.. node.Parts.Select(Part)]);
}
