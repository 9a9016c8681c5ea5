using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// How much of a recording is read at most. A limit that is reached is a reported problem, and what was read before is
/// kept: a folder from elsewhere can neither fill the memory nor keep the reader busy for ever.
/// </summary>
public sealed record RecordingLimits
{
    /// <summary>The limits that the product uses.</summary>
    public static RecordingLimits Default { get; } = new();

    /// <summary>Bytes of <c>topology.json</c>. The default is 64 MiB.</summary>
    public long TopologyBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of one file after decompression. The default is 8 GiB.</summary>
    public long FileBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of one line of a CSV file. The default is 64 KiB.</summary>
    public int CsvLineBytes { get; init; } = 64 << 10;

    /// <summary>Bytes of one line of a samples file. The default is 16 MiB.</summary>
    public int SampleLineBytes { get; init; } = ResponseSampleJson.LineBytesMax;

    /// <summary>Metric rows of all files together. The default is 50 million, about 1 GB in memory.</summary>
    public int MetricRows { get; init; } = 50_000_000;

    /// <summary>Distinct pairs of entity and metric name. The default is 1 million.</summary>
    public int Series { get; init; } = 1_000_000;

    /// <summary>Answers. The default is 5 million.</summary>
    public int Samples { get; init; } = 5_000_000;

    /// <summary>Characters of all answers together. The default is one thousand million.</summary>
    public long SampleCharacters { get; init; } = 1_000_000_000;

    /// <summary>Scores. The default is 20 million.</summary>
    public int Scores { get; init; } = 20_000_000;

    /// <summary>Problems that are kept with their text; all are counted. The default is 100.</summary>
    public int Problems { get; init; } = 100;

    /// <summary>Files whose names begin with <c>metrics</c>. The default is 1,000.</summary>
    public int MetricFiles { get; init; } = 1_000;
}
