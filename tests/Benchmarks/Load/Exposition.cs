using System.Globalization;

namespace Grainwatch.Benchmarks.Load;

/// <summary>Reads the text that a process tells of itself at /metrics.</summary>
internal static class Exposition
{
    /// <summary>The sum of one metric over its labels; 0 where it has not counted yet.</summary>
    public static double Sum(string text, string name) => text.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is '{' or ' ')
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[line.Contains('{', StringComparison.Ordinal) ? 0 : 1], CultureInfo.InvariantCulture));
}
