using System.Text.Json;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Grains.Rules;

/// <summary>Makes what people read of rules.</summary>
internal static class RuleViews
{
    public static RuleView View(Rule rule) => new(
        rule.Id,
        rule.Version,
        rule.Group,
        [.. rule.Scopes.Select(s => s.ToString().ToLowerInvariant())],
        ConditionPrinter.Print(rule.Raise),
        rule.Clear is { } clear ? ConditionPrinter.Print(clear) : null,
        rule.For.TotalSeconds,
        Words.Of(rule.Severity),
        rule.State.ToString().ToLowerInvariant(),
        rule.Runbook,
        rule.ConditionVersion,
        rule.Keep.TotalSeconds,
        rule.OfLast > 0 ? $"{rule.RequiredTrue} of {rule.OfLast}" : null,
        JsonNamingPolicy.CamelCase.ConvertName(rule.Missing.ToString()),
        rule.Owner.Length > 0 ? rule.Owner : null,
        rule.Summary);
}
