using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.WhatIf;
using Grainwatch.Signals;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.WhatIf;

namespace Grainwatch.Grains.Endpoints;

/// <content>Rules that change, rules that are tried, and rules that are explained.</content>
public sealed partial class EndpointGrain
{
    public async Task UseRules(long version, CancellationToken cancellationToken)
    {
        await rules.RefreshAsync(version);
        await _correlation.UseRules(version, cancellationToken);
        await TakeRulesAsync();
    }

    public async Task<TrialView> WhatIf(string candidate, bool isWhole, CancellationToken cancellationToken)
    {
        if (_monitor.AsOf is null)
        {
            return TrialViews.Nothing(_monitor.Id.ToString());
        }

        RuleSet tried = RuleFile.Parse(candidate, "rules", out _);
        RuleSet present = rules.Rules;
        EndpointTrial trial = await trials.RunAsync(budget => EndpointTrial.Run(tried, present, isWhole, TrialGround.Of(_monitor), budget));
        return TrialViews.View(_monitor.Id.ToString(), trial, _monitor.Topology, await _correlation.GetIncidents(cancellationToken));
    }

    public async Task<ExplanationView> Explain(string rule, string entity, Timestamp? at, CancellationToken cancellationToken)
    {
        (ExplanationView view, IReadOnlyList<string> fingerprints) = ExplanationViews.Explain(_monitor, rules.Rules, rule, entity, at);
        AlertExplanationView[] alerts = await Task.WhenAll(fingerprints.Select(f => _correlation.ExplainAlert(f, cancellationToken)));
        return view with { Targets = [.. view.Targets.Zip(alerts, (target, alert) => target with { Alert = alert })] };
    }

    /// <summary>Other rules may be in force since the last row: a look at a number.</summary>
    private async Task TakeRulesAsync()
    {
        if (_rulesVersion == rules.Version)
        {
            return;
        }

        _rulesVersion = rules.Version;
        if (_monitor.Use(rules.Rules) is { Count: > 0 } verdicts)
        {
            await TellAsync(verdicts, _monitor.AsOf!.Value);
        }
    }
}
