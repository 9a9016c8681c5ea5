using System.Security.Cryptography;
using System.Text;

namespace Grainwatch.Signals.Rules.Files;

/// <summary>From the tree of a file to a <see cref="RuleSet"/>: the top of the schema.</summary>
internal sealed class RuleFileReader(RuleTemplates templates, FileErrors errors)
{
    private const int MaxGroups = 200;
    private const int MaxName = 128;

    private readonly RuleReader _rules = new(templates, errors);

    public RuleSet? Read(YamlNode root)
    {
        if (MapReader.Of(root, "the rule file", errors) is not { } map)
        {
            return null;
        }

        if (map.Scalar("version", required: true) is { } version && version.Value != "1")
        {
            errors.Add(version, $"version {version.Value} is unknown: this program reads version {RuleFile.SchemaVersion}");
        }

        IReadOnlyList<RuleReceiver> receivers = ReceiverReader.Read(map, errors);
        IReadOnlyList<RuleRoute> routes = RouteReader.Read(map, receivers, errors);
        List<RuleGroup> groups = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (YamlNode node in map.Items("groups", MaxGroups))
        {
            if (Group(node, names, ids) is { } group)
            {
                groups.Add(group);
            }
        }

        map.Close();
        return new RuleSet(RuleFile.SchemaVersion, routes, receivers, groups, Hash(routes, receivers, groups));
    }

    private RuleGroup? Group(YamlNode node, HashSet<string> names, HashSet<string> ids)
    {
        if (MapReader.Of(node, "a group", errors) is not { } map)
        {
            return null;
        }

        string name = map.Text("name", MaxName, required: true) ?? "";
        if (name.Length > 0 && !names.Add(name))
        {
            errors.Add(node, $"group '{name}' is written twice");
        }

        string owner = map.Text("owner", MaxName) ?? "";
        List<Rule> rules = [];
        foreach (YamlNode item in map.Items("rules", RuleFile.MaxRules))
        {
            if (_rules.Read(item, name, owner) is not { } rule)
            {
                continue;
            }

            if (!ids.Add(rule.Id))
            {
                errors.Add(item, $"rule '{rule.Id}' is written twice");
            }
            else if (ids.Count > RuleFile.MaxRules)
            {
                errors.Add(item, $"a file has at most {RuleFile.MaxRules} rules");
                break;
            }

            rules.Add(rule);
        }

        map.Close();
        return new RuleGroup(name, owner, rules);
    }

    private static string Hash(IReadOnlyList<RuleRoute> routes, IReadOnlyList<RuleReceiver> receivers, IReadOnlyList<RuleGroup> groups)
    {
        StringBuilder text = new();
        foreach (RuleRoute route in routes)
        {
            text.Append("route ").AppendJoin(',', route.Match.Select(m => $"{m.Name}={m.Pattern}")).Append('|').Append(route.Receiver).Append('|')
                .AppendJoin(',', route.GroupBy).Append('|').Append(route.GroupWait).Append('|').Append(route.GroupInterval).Append('|').Append(route.Repeat).Append(route.IsContinued ? "|continue" : "").Append('\n');
        }

        foreach (RuleReceiver r in receivers)
        {
            text.Append("receiver ").Append(r.Name).Append('|').Append(r.Kind).Append('|').Append(r.Target).Append('|').Append(r.Fallback)
                .Append('|').Append(r.Every)
                .Append(r.Format == WebhookFormat.Alertmanager ? "" : $"|{r.Format}").Append('\n');
        }

        foreach (RuleGroup group in groups)
        {
            text.Append("group ").Append(group.Name).Append('|').Append(group.Owner).Append('\n');
            text.AppendJoin("", group.Rules.Select(r => $"rule {r.Id} {r.Version}\n"));
        }

        return Short(text.ToString());
    }

    /// <summary>The first 16 hexadecimal digits of SHA-256.</summary>
    internal static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
