using System.Globalization;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Files;

/// <summary>One rule of a file: keys, template, parameters, conditions, defaults.</summary>
internal sealed class RuleReader(RuleTemplates templates, FileErrors errors)
{
    private const int MaxName = 128;
    private const int MaxText = 1024;
    private const int MaxMatchers = 20;
    private const int MaxParameters = 32;
    private const int MaxOfLast = 120;
    private const int MaxLimit = 100_000;

    public Rule? Read(YamlNode node, string group, string owner)
    {
        if (MapReader.Of(node, "a rule", errors) is not { } map)
        {
            return null;
        }

        YamlScalar? use = map.Scalar("use");
        YamlMap? template = use is null ? null : templates.Find(use.Value);
        if (use is not null && template is null)
        {
            errors.Add(use, $"unknown template '{use.Value}': known are {string.Join(", ", templates.Ids)}");
        }

        // A template's own text was checked when the program was built; its errors can only come from the parameters.
        MapReader merged = template is null ? map : MapReader.Of(Merge(map.Node, template), "a rule", errors)!;
        _ = merged.Take("use");
        Rule? rule = Rule(merged, group, owner, use, use is not null && template is null);
        merged.Close();
        return rule;
    }

    private Rule? Rule(MapReader map, string group, string owner, YamlScalar? use, bool isBroken)
    {
        int before = errors.All.Count;
        string id = map.Text("id", MaxName, required: true) ?? "";
        if (id.Length > 0 && !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Add(map.Take("id")!, "an id has letters, digits, '-', '_' and '.' only");
        }

        IReadOnlyList<RuleScope> scopes = Scopes(map);
        Dictionary<string, NumberExpression> parameters = Parameters(map, use);
        EntityKind[] kinds = [.. scopes.Select(KindOf).Distinct()];
        Expression? raise = Condition(map, "raise", parameters, kinds, ConditionPurpose.Raise, required: !isBroken, use);
        Expression? clear = Condition(map, "clear", parameters, kinds, ConditionPurpose.Clear, required: false, use);
        ConditionSurvey survey = ConditionSurvey.Of(raise, clear);
        (int required, int ofLast) = MOfN(map);
        bool byEvidence = survey is { UsesQuality: true, Metrics.Count: 0 };
        Rule rule = new()
        {
            Id = id,
            Group = group,
            Owner = map.Text("owner", MaxName) ?? owner,
            Scopes = scopes,
            Select = Globs.Read(map, "select", MaxMatchers, errors),
            Raise = raise ?? new NumberExpression(0),
            Clear = clear,
            For = map.Duration("for") ?? (byEvidence || ofLast > 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(2)),
            RequiredTrue = required,
            OfLast = ofLast,
            Keep = map.Duration("keep") ?? (byEvidence ? TimeSpan.Zero : TimeSpan.FromMinutes(3)),
            Missing = Missing(map, scopes, survey),
            Severity = map.Choice<Severity>("severity") ?? Severity.Warn,
            State = map.Choice<RuleState>("state") ?? RuleState.Enforce,
            Summary = map.Text("summary", MaxText),
            Runbook = map.Text("runbook", MaxText),
            Limit = map.Integer("limit", 1, MaxLimit) ?? Rules.Rule.DefaultLimit,
            Line = use?.Line ?? map.Node.Line,
        };
        if (ofLast > 0 && map.Take("for") is { } hold)
        {
            errors.Add(hold, "a rule has 'for' or 'mOfN', not both");
        }

        return raise is null || id.Length == 0 || errors.All.Count > before ? null : RuleHash.Stamp(rule);
    }

    private IReadOnlyList<RuleScope> Scopes(MapReader map)
    {
        List<RuleScope> scopes = [];
        foreach (YamlNode item in map.Items("scope", 8))
        {
            if (item is not YamlScalar scalar)
            {
                errors.Add(item, "a scope is a name");
            }
            else if (map.Choice<RuleScope>("scope", scalar) is { } scope && !scopes.Contains(scope))
            {
                scopes.Add(scope);
            }
        }

        return scopes.Count > 0 ? scopes : [RuleScope.Component];
    }

    private static EntityKind KindOf(RuleScope scope) => scope switch
    {
        RuleScope.Endpoint => EntityKind.Endpoint,
        RuleScope.Copy => EntityKind.Copy,
        RuleScope.Instance => EntityKind.Instance,
        RuleScope.Gpu => EntityKind.Gpu,
        RuleScope.Entity => EntityKind.Node,
        _ => EntityKind.Component,
    };

    private Dictionary<string, NumberExpression> Parameters(MapReader map, YamlScalar? use)
    {
        Dictionary<string, NumberExpression> parameters = new(StringComparer.Ordinal);
        foreach ((YamlScalar name, YamlNode node) in map.Entries("parameters", MaxParameters))
        {
            if (node is not YamlScalar scalar)
            {
                errors.Add(node, $"parameter '{name.Value}' must be a number");
            }
            else if (ConditionParser.TryParseNumber(scalar.Value, out ConditionError? error) is { } number)
            {
                parameters[name.Value] = number;
            }
            else
            {
                errors.Add(scalar, error!.Value.Offset, $"parameter '{name.Value}': {error.Value.Message}");
            }
        }

        if (use is not null && templates.Find(use.Value) is { } template)
        {
            IEnumerable<string> known = RuleTemplates.Find(template, "parameters") is YamlMap defaults ? defaults.Entries.Select(e => e.Key.Value) : [];
            foreach ((YamlScalar name, _) in map.Entries("parameters", MaxParameters).Where(p => !known.Contains(p.Key.Value, StringComparer.Ordinal)))
            {
                errors.Add(name, $"template '{use.Value}' has no parameter '{name.Value}': it has {string.Join(", ", known)}");
            }
        }

        return parameters;
    }

    private Expression? Condition(
        MapReader map, string key, Dictionary<string, NumberExpression> parameters, EntityKind[] scope, ConditionPurpose purpose, bool required, YamlScalar? use)
    {
        if (map.Scalar(key, required) is not { } scalar)
        {
            return null;
        }

        bool isTemplate = use is not null && templates.Find(use.Value) is { } template && ReferenceEquals(RuleTemplates.Find(template, key), scalar);
        void Report(ConditionError e)
        {
            if (isTemplate)
            {
                errors.Add(use!, $"template '{use!.Value}' with these parameters: {e.Message}");
            }
            else
            {
                errors.Add(scalar, e.Offset, e.Message);
            }
        }

        Expression? condition = ConditionParser.TryParse(scalar.Value, parameters, out ConditionError? error);
        if (condition is null)
        {
            Report(error!.Value);
            return null;
        }

        foreach (ConditionError found in ConditionChecker.Check(condition, scope, purpose))
        {
            Report(found);
        }

        return condition;
    }

    private (int Required, int OfLast) MOfN(MapReader map)
    {
        if (map.Scalar("mOfN") is not { } scalar)
        {
            return (0, 0);
        }

        string[] words = scalar.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [string m, "of", string n]
            && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out int required)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int ofLast)
            && required >= 1 && required <= ofLast && ofLast <= MaxOfLast)
        {
            return (required, ofLast);
        }

        errors.Add(scalar, $"'mOfN' must be like '4 of 6', with 1 <= M <= N <= {MaxOfLast}, not '{scalar.Value}'");
        return (0, 0);
    }

    private MissingPolicy Missing(MapReader map, IReadOnlyList<RuleScope> scopes, ConditionSurvey survey)
    {
        if (map.Choice<MissingPolicy>("missing") is not { } policy)
        {
            bool counts = survey is { UsesQuality: false, Metrics.Count: > 0 }
                && survey.Metrics.All(m => MetricCatalogue.Default.Describe(m.First).Missing == MissingPolicy.Clear);
            bool below = scopes.All(s => s is RuleScope.Copy or RuleScope.Instance or RuleScope.Gpu);
            return counts ? MissingPolicy.Clear : below ? MissingPolicy.Ignore : MissingPolicy.Hold;
        }

        if (policy == MissingPolicy.NoData && scopes.Any(s => s is not (RuleScope.Endpoint or RuleScope.Component)))
        {
            errors.Add(map.Take("missing")!, "'noData' is for the scopes endpoint and component: what is below them comes and goes");
        }

        return policy;
    }

    /// <summary>The template's keys, replaced by those of the rule; parameters one by one.</summary>
    private static YamlMap Merge(YamlMap rule, YamlMap template)
    {
        List<KeyValuePair<YamlScalar, YamlNode>> entries = [.. rule.Entries.Where(e => e.Key.Value != "parameters")];
        foreach (KeyValuePair<YamlScalar, YamlNode> entry in template.Entries.Where(e => e.Key.Value != "parameters"))
        {
            bool replaced = entries.Exists(e => string.Equals(e.Key.Value, entry.Key.Value, StringComparison.Ordinal)
                || (entry.Key.Value == "for" && e.Key.Value == "mOfN"));
            if (!replaced)
            {
                entries.Add(entry);
            }
        }

        YamlMap? own = RuleTemplates.Find(rule, "parameters") as YamlMap;
        YamlMap? inherited = RuleTemplates.Find(template, "parameters") as YamlMap;
        if ((own ?? inherited) is { } place)
        {
            IEnumerable<KeyValuePair<YamlScalar, YamlNode>> rest = inherited?.Entries.Where(e => own is null || RuleTemplates.Find(own, e.Key.Value) is null) ?? [];
            KeyValuePair<YamlScalar, YamlNode> key = (own is null ? template : rule).Entries.First(e => e.Key.Value == "parameters");
            entries.Add(new(key.Key, place with { Entries = [.. own?.Entries ?? [], .. rest] }));
        }
        else if (RuleTemplates.Find(rule, "parameters") is { } wrong)
        {
            entries.Add(new(rule.Entries.First(e => e.Key.Value == "parameters").Key, wrong));
        }

        return rule with { Entries = entries };
    }
}
