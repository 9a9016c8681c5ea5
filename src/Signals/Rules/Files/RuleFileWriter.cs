using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Files;

/// <summary>Writes a set as a file that says the same: templates and parameters filled in, every default spelt out.</summary>
internal static class RuleFileWriter
{
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(RuleSet rules)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"version: {rules.Version}\n");
        WriteReceivers(text, rules.Receivers);
        WriteRoutes(text, rules.Routes);
        if (rules.Groups.Count > 0)
        {
            text.Append("groups:\n");
        }

        foreach (RuleGroup group in rules.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - name: {Text(group.Name)}\n");
            Line(text, "    owner", group.Owner);
            text.Append(group.Rules.Count > 0 ? "    rules:\n" : "");
            foreach (Rule rule in group.Rules)
            {
                WriteRule(text, rule, group.Owner);
            }
        }

        return text.ToString();
    }

    private static void WriteReceivers(StringBuilder text, IReadOnlyList<RuleReceiver> receivers)
    {
        text.Append(receivers.Count > 0 ? "receivers:\n" : "");
        foreach (RuleReceiver receiver in receivers)
        {
            string target = Text(receiver.Target ?? "");
            string kind = receiver.Kind switch
            {
                ReceiverKind.Sns => $"sns: {{ topicArn: {target} }}",
                ReceiverKind.Webhook => receiver.Format == WebhookFormat.Alertmanager
                    ? $"webhook: {{ url: {target} }}"
                    : $"webhook: {{ url: {target}, format: {Camel(receiver.Format)} }}",
                ReceiverKind.Watchdog => $"watchdog: {{ url: {target}, every: {Durations.Format(receiver.Every)} }}",
                _ => "log: {}",
            };
            string fallback = receiver.Fallback is null ? "" : $", fallback: {Text(receiver.Fallback)}";
            text.Append(CultureInfo.InvariantCulture, $"  {Text(receiver.Name)}: {{ {kind}{fallback} }}\n");
        }
    }

    private static void WriteRoutes(StringBuilder text, IReadOnlyList<RuleRoute> routes)
    {
        text.Append(routes.Count > 0 ? "routes:\n" : "");
        foreach (RuleRoute route in routes)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - receiver: {Text(route.Receiver)}\n");
            Globs(text, "match", route.Match);
            text.Append(CultureInfo.InvariantCulture, $"    groupBy: [{string.Join(", ", route.GroupBy.Select(Text))}]\n");
            Line(text, "    groupWait", route.GroupWait is { } wait ? Durations.Format(wait) : "");
            Line(text, "    groupInterval", Durations.Format(route.GroupInterval));
            Line(text, "    repeat", Durations.Format(route.Repeat));
            text.Append(route.IsContinued ? "    continue: true\n" : "");
        }
    }

    private static void WriteRule(StringBuilder text, Rule rule, string groupOwner)
    {
        text.Append(CultureInfo.InvariantCulture, $"      - id: {Text(rule.Id)}\n");
        const string Indent = "        ";
        text.Append(CultureInfo.InvariantCulture, $"{Indent}scope: [{string.Join(", ", rule.Scopes.Select(Camel))}]\n");
        Globs(text, "    select", rule.Select);
        Line(text, Indent + "raise", ConditionPrinter.Print(rule.Raise));
        Line(text, Indent + "clear", rule.Clear is { } clear ? ConditionPrinter.Print(clear) : "");
        if (rule.OfLast > 0)
        {
            Line(text, Indent + "mOfN", string.Create(CultureInfo.InvariantCulture, $"{rule.RequiredTrue} of {rule.OfLast}"));
        }
        else
        {
            Line(text, Indent + "for", Durations.Format(rule.For));
        }

        Line(text, Indent + "keep", Durations.Format(rule.Keep));
        Line(text, Indent + "missing", Camel(rule.Missing));
        Line(text, Indent + "severity", Camel(rule.Severity));
        Line(text, Indent + "state", rule.State == RuleState.Enforce ? "" : Camel(rule.State));
        Line(text, Indent + "owner", rule.Owner == groupOwner ? "" : rule.Owner);
        Line(text, Indent + "summary", rule.Summary ?? "");
        Line(text, Indent + "runbook", rule.Runbook ?? "");
        if (rule.Limit != Rule.DefaultLimit)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Indent}limit: {rule.Limit}\n");
        }
    }

    private static void Globs(StringBuilder text, string key, IReadOnlyList<LabelGlob> globs)
    {
        if (globs.Count > 0)
        {
            string all = string.Join(", ", globs.Select(g => $"{Text(g.Name)}: {Text(g.Pattern)}"));
            text.Append(CultureInfo.InvariantCulture, $"    {key}: {{ {all} }}\n");
        }
    }

    /// <summary>A key that says nothing is left out.</summary>
    private static void Line(StringBuilder text, string key, string value) =>
        text.Append(value.Length > 0 ? $"{key}: {Text(value)}\n" : "");

    /// <summary>A string of JSON is one of YAML.</summary>
    private static string Text(string value) => JsonSerializer.Serialize(value, Quoted);

    private static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
