namespace Grainwatch.Signals.Rules.Files;

/// <summary>Mappings of names to patterns: <c>match</c> and <c>select</c>.</summary>
internal static class Globs
{
    public static IReadOnlyList<LabelGlob> Read(MapReader map, string key, int most, FileErrors errors)
    {
        List<LabelGlob> globs = [];
        foreach ((YamlScalar name, YamlNode node) in map.Entries(key, most))
        {
            if (node is YamlScalar { Value.Length: > 0 and <= LabelGlob.MaxLength } pattern && name.Value.Length is > 0 and <= LabelGlob.MaxLength)
            {
                globs.Add(new LabelGlob(name.Value, pattern.Value));
            }
            else
            {
                errors.Add(node, $"'{key}.{name.Value}' must be a pattern of 1 to {LabelGlob.MaxLength} characters");
            }
        }

        return [.. globs.OrderBy(g => g.Name, StringComparer.Ordinal)];
    }
}
