using System.Globalization;

namespace Grainwatch.Signals.Rules.Files;

/// <summary>Versions of rules: hashes of what they say, so that white space, comments and order of keys change nothing.</summary>
internal static class RuleHash
{
    public static Rule Stamp(Rule rule)
    {
        string condition = string.Join(
            '\n',
            string.Join(',', rule.Scopes),
            string.Join(',', rule.Select.Select(s => $"{s.Name}={s.Pattern}")),
            rule.Raise,
            rule.Clear?.ToString() ?? "");
        string whole = string.Create(
            CultureInfo.InvariantCulture,
            $"{rule.Id}\n{condition}\n{rule.Owner}\n{rule.For}\n{rule.RequiredTrue}/{rule.OfLast}\n{rule.Keep}\n{rule.Missing}\n{rule.Severity}\n{rule.State}\n{rule.Limit}\n{rule.Summary}\n{rule.Runbook}");
        return rule with { ConditionVersion = RuleFileReader.Short(condition), Version = RuleFileReader.Short(whole) };
    }
}
