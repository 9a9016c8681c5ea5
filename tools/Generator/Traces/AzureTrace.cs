using System.Globalization;
using System.IO.Compression;

namespace Grainwatch.Generator.Traces;

/// <summary>
/// The Azure LLM inference trace 2023, conversation part: 19,366 real requests of an hour, with the sizes of prompt and
/// answer. Attribution is in <c>Traces/ATTRIBUTION.md</c>.
/// </summary>
public static class AzureTrace
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly Lazy<TraceRequest[]> Loaded = new(Load);

    public static IReadOnlyList<TraceRequest> Requests => Loaded.Value;

    /// <summary>Length of the trace; after it, it begins again.</summary>
    public static double LengthSeconds => Loaded.Value[^1].Seconds + 1.0;

    private static TraceRequest[] Load()
    {
        using Stream packed = typeof(AzureTrace).Assembly.GetManifestResourceStream("azure-llm-conv-2023.csv.gz")!;
        using StreamReader reader = new(new GZipStream(packed, CompressionMode.Decompress));
        _ = reader.ReadLine();
        List<TraceRequest> requests = [];
        DateTime? first = null;
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] fields = line.Split(',');
            DateTime time = DateTime.Parse(fields[0], CultureInfo.InvariantCulture, Utc);
            first ??= time;
            requests.Add(new TraceRequest(
                (time - first.Value).TotalSeconds,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[2], CultureInfo.InvariantCulture)));
        }

        return [.. requests];
    }
}
