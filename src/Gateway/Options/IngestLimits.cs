using Grainwatch.Hosting.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>What one request to a door may hold, and how many may be inside at a time.</summary>
public sealed class IngestLimits : SectionOptions
{
    public const string Section = "Grainwatch:Limits";

    /// <summary>Bytes of a body as sent. The default is 32 MiB; 1 KiB to 1 GiB.</summary>
    public int BodyBytesMax { get; set; } = 32 << 20;

    /// <summary>Bytes of a body after decompression. The default is 64 MiB; 1 KiB to 1 GiB.</summary>
    public int DecompressedBytesMax { get; set; } = 64 << 20;

    /// <summary>Series (data points of OTLP) of one request. The default is 200,000; 1 to 10 million.</summary>
    public int SeriesPerRequestMax { get; set; } = 200_000;

    /// <summary>Samples of one request. The default is 1 million; 1 to 100 million.</summary>
    public int SamplesPerRequestMax { get; set; } = 1_000_000;

    /// <summary>Labels or attributes of one series. The default is 128; 1 to 1,024.</summary>
    public int LabelsPerSeriesMax { get; set; } = 128;

    /// <summary>Bytes of the name or of the value of a label. The default is 4,096; 16 to 1 MiB.</summary>
    public int LabelBytesMax { get; set; } = 4096;

    /// <summary>Answers of one request. The default is 10,000; 1 to 1 million.</summary>
    public int AnswersPerRequestMax { get; set; } = 10_000;

    /// <summary>Changes of one request. The default is 1,000; 1 to 100,000.</summary>
    public int ChangesPerRequestMax { get; set; } = 1000;

    /// <summary>Requests inside all doors at the same time; one more is answered 429. The default is 64; 1 to 10,000.</summary>
    public int ConcurrentRequestsMax { get; set; } = 64;

    /// <summary>
    /// Bytes, as sent, of the large requests inside all doors at the same time: those of more than a 16th of this, which a
    /// stock Prometheus with its 2,000 samples a request does not send. Beyond it a large one is answered 429; one alone is
    /// always let in. The default is 1 MiB; 32 KiB to 1 GiB.
    /// </summary>
    public int ConcurrentBytesMax { get; set; } = 1 << 20;

    /// <summary>What a refused sender is asked to wait. The default is 5 s; 1 s to 10 min.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);
}
