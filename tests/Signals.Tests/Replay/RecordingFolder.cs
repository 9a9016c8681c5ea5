using System.IO.Compression;
using System.Text;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Signals.Tests.Replay;

/// <summary>A recording folder that lives as long as the test.</summary>
internal sealed class RecordingFolder : IDisposable
{
    public const string Topology = """
        {"endpoints":[{"name":"chat","instances":[{"id":"i-1","gpus":2}],
          "components":[{"name":"assist","copies":[{"id":"0","instance":"i-1","gpus":[0,1]}]},{"name":"draft"}]}],
         "entities":["web:front"]}
        """;

    public RecordingFolder(string? topology = Topology)
    {
        Path = Directory.CreateTempSubdirectory("grainwatch-recording-").FullName;
        if (topology is not null)
        {
            Write("topology.json", topology);
        }
    }

    public string Path { get; }

    public RecordingFolder Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    public RecordingFolder Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, file), bytes);
        return this;
    }

    public RecordingFolder Metrics(params string[] rows) => Write("metrics.csv", "time,entity,metric,value\n" + string.Concat(rows.Select(r => r + "\n")));

    public Recording Read(RecordingLimits? limits = null) =>
        RecordingReader.Read(Path, limits ?? RecordingLimits.Default, MetricCatalogue.Default);

    /// <summary>Rows as text: <c>seconds entity metric value</c>.</summary>
    public static string[] Lines(MetricRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => $"{rows.TimesUnixMs[i] / 1000.0} {rows.Series[rows.SeriesIndex[i]].Entity} {rows.Series[rows.SeriesIndex[i]].Metric} {rows.Values[i]:R}")];

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
