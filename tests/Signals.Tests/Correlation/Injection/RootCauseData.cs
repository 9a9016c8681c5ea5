using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Correlation.Injection;

/// <summary>The PetShop recordings of the development data, read for the tests alone.</summary>
internal sealed record RootCauseRecording(
    string Scenario, string Issue, TopologyMap Topology, IReadOnlyList<SeriesData> Series, EntityId Target, MetricName Metric, Timestamp Time, EntityId Truth);

/// <summary>Reads the recordings.</summary>
internal static class RootCauseData
{
    public static readonly string[] Scenarios = ["low_traffic", "high_traffic"];

    public static string? Folder { get; } = Find();

    public static IEnumerable<RootCauseRecording> All() =>
        Scenarios.SelectMany(s => Directory.GetDirectories(Path.Combine(Folder!, s)).Order(StringComparer.Ordinal).Select(f => Read(s, f)));

    /// <summary>Only the rows of normal operation.</summary>
    public static IReadOnlyList<SeriesData> Normal(string scenario) =>
        ReadSeries([Path.Combine(Folder!, scenario, "issue_0", "metrics-normal.csv.gz")]);

    public static TopologyMap Topology(string scenario) =>
        TopologyReader.Read(File.ReadAllBytes(Path.Combine(Folder!, scenario, "issue_0", "topology.json")));

    private static RootCauseRecording Read(string scenario, string folder)
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json")));
        JsonElement root = truth.RootElement;
        JsonElement target = root.GetProperty("target");
        return new RootCauseRecording(
            scenario,
            Path.GetFileName(folder),
            TopologyReader.Read(File.ReadAllBytes(Path.Combine(folder, "topology.json"))),
            ReadSeries(Directory.GetFiles(folder, "metrics*.csv.gz").Order(StringComparer.Ordinal)),
            EntityId.ForNode(target.GetProperty("entity").GetString()!),
            MetricCatalogue.Default.Resolve(target.GetProperty("metric").GetString()!).Metric,
            Timestamp.FromUnixSeconds(root.GetProperty("time").GetDouble()),
            EntityId.ForNode(root.GetProperty("rootCause").GetProperty("entity").GetString()!));
    }

    private static List<SeriesData> ReadSeries(IEnumerable<string> files)
    {
        Dictionary<(string Entity, string Metric), SortedDictionary<long, double>> points = [];
        foreach (string file in files)
        {
            using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                int first = line.IndexOf(',');
                int last = line.LastIndexOf(',');
                int middle = line.LastIndexOf(',', last - 1);
                (string, string) key = (line[(first + 1)..middle], line[(middle + 1)..last]);
                if (!points.TryGetValue(key, out SortedDictionary<long, double>? of))
                {
                    points.Add(key, of = []);
                }

                of[long.Parse(line.AsSpan(0, first), CultureInfo.InvariantCulture) * 1000] = double.Parse(line.AsSpan(last + 1), CultureInfo.InvariantCulture);
            }
        }

        return [.. points.Select(p => new SeriesData(
            new SeriesKey(EntityId.ForNode(p.Key.Entity), MetricCatalogue.Default.Resolve(p.Key.Metric).Metric),
            [.. p.Value.Keys],
            [.. p.Value.Values]))];
    }

    private static string? Find()
    {
        string? data = Environment.GetEnvironmentVariable("GRAINWATCH_DATA");
        if (data is null)
        {
            return null;
        }

        string nested = Path.Combine(data, "rootcause");
        string folder = Directory.Exists(nested) ? nested : data;
        return Scenarios.All(s => Directory.Exists(Path.Combine(folder, s))) ? folder : null;
    }
}
