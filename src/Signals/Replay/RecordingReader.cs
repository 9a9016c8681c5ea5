using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Reads a recording: a folder with <c>topology.json</c> and, each optional, <c>metrics*.csv</c>, <c>samples.jsonl</c> and
/// <c>scores.csv</c>, plain or with <c>.gz</c>. docs/recordings.md describes the format.
/// </summary>
/// <remarks>
/// What cannot be read is left out and reported with its file and line; only a folder without a usable topology is an
/// error. Numbers end in the units of the catalogue, and running totals as increases.
/// </remarks>
public static class RecordingReader
{
    private const string TopologyFile = "topology.json";

    /// <summary>Reads the folder at <paramref name="path"/>.</summary>
    /// <exception cref="RecordingException">There is no such folder, or its topology cannot be used.</exception>
    public static Recording Read(string path) => Read(path, RecordingLimits.Default, MetricCatalogue.Default);

    /// <inheritdoc cref="Read(string)"/>
    public static Recording Read(string path, RecordingLimits limits, MetricCatalogue catalogue)
    {
        if (!Directory.Exists(path))
        {
            throw new RecordingException($"{path}: no such folder");
        }

        TopologyMap topology = ReadTopology(Path.Combine(path, TopologyFile), limits);
        ProblemLog problems = new(limits.Problems);
        MetricRows metrics = ReadMetrics(path, topology, catalogue, problems, limits);

        List<ResponseSample> samples = [];
        foreach (string file in Files(path, "samples.jsonl"))
        {
            SampleFile reader = new(file, topology, samples, problems, limits);
            ReadFile(path, file, limits.SampleLineBytes, limits, problems, reader.Read);
        }

        List<QualityScore> scores = [];
        foreach (string file in Files(path, "scores.csv"))
        {
            ScoreFile reader = new(file, topology, scores, problems, limits);
            ReadFile(path, file, limits.CsvLineBytes, limits, problems, reader.Read);
        }

        samples.Sort(SampleFile.Compare);
        scores.Sort(ScoreFile.Compare);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return new Recording(name, topology, metrics, samples, scores, problems.Kept, problems.Count);
    }

    private static MetricRows ReadMetrics(
        string path, TopologyMap topology, MetricCatalogue catalogue, ProblemLog problems, RecordingLimits limits)
    {
        RawSeriesTable table = new(topology, catalogue, limits.Series);
        RowBuffer rows = new();
        string[] files = [.. Directory.EnumerateFiles(path, "metrics*").Select(f => Path.GetFileName(f)).Where(IsCsv)];
        Array.Sort(files, StringComparer.Ordinal);
        if (files.Length > limits.MetricFiles)
        {
            problems.Add("metrics", 0, $"{files.Length} files; only the first {limits.MetricFiles} by name are read");
        }

        foreach (string file in files.Take(limits.MetricFiles))
        {
            ReadFile(path, file, limits.CsvLineBytes, limits, problems, new MetricFile(file, table, rows, problems, limits).Read);
        }

        return MetricRowsBuilder.Build(table, rows, problems);
    }

    private static bool IsCsv(string file) =>
        file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal);

    private static IEnumerable<string> Files(string path, string name) =>
        new[] { name, name + ".gz" }.Where(f => File.Exists(Path.Combine(path, f)));

    private static void ReadFile(
        string path, string file, int lineBytes, RecordingLimits limits, ProblemLog problems, Action<LineSource> read)
    {
        try
        {
            using LineSource lines = new(Path.Combine(path, file), lineBytes, limits.FileBytes);
            read(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(file, 0, e.Message);
        }
    }

    private static TopologyMap ReadTopology(string path, RecordingLimits limits)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                throw new RecordingException($"{path}: a recording needs a {TopologyFile}");
            }

            if (file.Length > limits.TopologyBytes)
            {
                throw new RecordingException($"{path}: longer than {limits.TopologyBytes} bytes");
            }

            byte[] json = File.ReadAllBytes(path);
            return TopologyReader.Read(json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsMemory(3) : json);
        }
        catch (TopologyException e)
        {
            throw new RecordingException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape.
            throw new RecordingException($"{path}: a text is not valid Unicode", e);
        }
    }
}
