using Grainwatch.Signals.Rules;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>The rules that the product ships, with receivers of the test in front.</summary>
internal static class RuleFiles
{
    /// <param name="path">Where to write it.</param>
    /// <param name="receivers">Lines below <c>receivers</c>.</param>
    /// <param name="routes">Lines below <c>routes</c>.</param>
    public static void Write(string path, IEnumerable<string> receivers, IEnumerable<string> routes)
    {
        using Stream shipped = typeof(RuleSet).Assembly.GetManifestResourceStream("Grainwatch.Signals.Rules.Defaults.default.yaml")!;
        using StreamReader reader = new(shipped);
        string text = reader.ReadToEnd();
        text = text.Replace("receivers:\n", "receivers:\n" + string.Concat(receivers.Select(r => $"  {r}\n")), StringComparison.Ordinal);
        text = text.Replace("routes:\n", "routes:\n" + string.Concat(routes.Select(r => $"  - {r}\n")), StringComparison.Ordinal);
        File.WriteAllText(path, text);
    }
}
