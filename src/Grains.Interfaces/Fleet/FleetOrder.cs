using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Grains.Interfaces.Fleet;

/// <summary>Puts the worst endpoint first: by severity, open incidents, true verdicts, and by key where these are equal.</summary>
public static class FleetOrder
{
    private static readonly string[] Severities = ["info", "warn", "page"];

    /// <summary>Lists the worst first.</summary>
    public static IComparer<FleetLine> Worst { get; } = Comparer<FleetLine>.Create((left, right) =>
    {
        int order = Rank(right).CompareTo(Rank(left));
        order = order != 0 ? order : right.OpenIncidents.CompareTo(left.OpenIncidents);
        order = order != 0 ? order : right.TrueVerdicts.CompareTo(left.TrueVerdicts);
        return order != 0 ? order : string.CompareOrdinal(left.Key, right.Key);
    });

    /// <summary>The highest severity that is open: 0 none, 1 info, 2 warn, 3 page.</summary>
    public static int Rank(FleetLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Severity is { } severity ? Array.IndexOf(Severities, severity) + 1 : 0;
    }
}
