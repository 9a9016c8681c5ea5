using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Conditions;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Rules;

/// <summary>Tells the rules of the silo that is asked; all silos of a cluster have the same.</summary>
[StatelessWorker]
public sealed class RuleBookGrain(RuleSet rules) : Grain, IRuleBookGrain
{
    public Task<RuleBookView> Read(CancellationToken cancellationToken) =>
        Task.FromResult(new RuleBookView(rules.Hash, [.. rules.Rules.Select(View)]));

    private static RuleView View(Rule rule) => new(
        rule.Id,
        rule.Version,
        rule.Group,
        [.. rule.Scopes.Select(s => s.ToString().ToLowerInvariant())],
        ConditionPrinter.Print(rule.Raise),
        rule.Clear is { } clear ? ConditionPrinter.Print(clear) : null,
        rule.For.TotalSeconds,
        Words.Of(rule.Severity),
        rule.State.ToString().ToLowerInvariant(),
        rule.Runbook);
}
