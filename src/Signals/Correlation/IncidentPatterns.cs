using System.Text.RegularExpressions;

namespace Grainwatch.Signals.Correlation;

/// <summary>The identifiers of patterns in documents: kebab case, as <c>degraded-by-pressure</c>.</summary>
public static partial class IncidentPatterns
{
    private static readonly Dictionary<IncidentPattern, string> Ids =
        Enum.GetValues<IncidentPattern>().ToDictionary(p => p, p => WordStart().Replace(p.ToString(), "-$0").ToLowerInvariant());

    public static string Id(this IncidentPattern pattern) => Ids[pattern];

    public static bool TryParse(string id, out IncidentPattern pattern)
    {
        KeyValuePair<IncidentPattern, string> found = Ids.FirstOrDefault(p => string.Equals(p.Value, id, StringComparison.Ordinal));
        pattern = found.Key;
        return found.Value is not null;
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
