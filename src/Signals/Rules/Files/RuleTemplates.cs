namespace Grainwatch.Signals.Rules.Files;

/// <summary>Rules that others may start from with <c>use:</c>, as the mappings they were written as.</summary>
internal sealed class RuleTemplates
{
    private readonly Dictionary<string, YamlMap> _byId = new(StringComparer.Ordinal);

    public static RuleTemplates None { get; } = new();

    public IEnumerable<string> Ids => _byId.Keys.Order(StringComparer.Ordinal);

    /// <summary>Takes every rule of a file.</summary>
    public static RuleTemplates Of(params IEnumerable<string> files)
    {
        RuleTemplates templates = new();
        foreach (string file in files)
        {
            List<RuleError> errors = [];
            YamlNode? root = YamlText.Read(file, "built in", errors);
            if (root is null || errors.Count > 0)
            {
                throw new InvalidOperationException($"the built-in templates are broken: {string.Join("; ", errors)}");
            }

            foreach (YamlNode group in List(root, "groups"))
            {
                foreach (YamlMap rule in List(group, "rules").Cast<YamlMap>())
                {
                    templates._byId.Add(((YamlScalar)Find(rule, "id")!).Value, rule);
                }
            }
        }

        return templates;
    }

    public YamlMap? Find(string id) => _byId.TryGetValue(id, out YamlMap? found) ? found : null;

    /// <summary>The value of a key of a template.</summary>
    public static YamlNode? Find(YamlNode map, string key) =>
        map is YamlMap m ? m.Entries.FirstOrDefault(e => string.Equals(e.Key.Value, key, StringComparison.Ordinal)).Value : null;

    private static IReadOnlyList<YamlNode> List(YamlNode map, string key) => Find(map, key) is YamlList list ? list.Items : [];
}
