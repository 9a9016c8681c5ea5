namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>One data point of any kind: of what its kind does not have, nothing is set.</summary>
internal sealed class OtlpPoint
{
    private const uint NoRecordedValue = 1;

    public List<KeyValuePair<string, object?>> Attributes { get; } = [];

    public ulong TimeUnixNano { get; set; }

    public uint Flags { get; set; }

    /// <summary>True: the source says that the series has no value any more.</summary>
    public bool IsStale => (Flags & NoRecordedValue) != 0;

    /// <summary>Of a gauge or sum; null: it has none.</summary>
    public double? Value { get; set; }

    public ulong Count { get; set; }

    /// <summary>Null: not told.</summary>
    public double? Sum { get; set; }

    /// <summary>Bounds of a histogram; it has one more count than bounds, or neither.</summary>
    public List<double> Bounds { get; } = [];

    public List<ulong> Counts { get; } = [];

    /// <summary>Of an exponential histogram: the base of its buckets is 2 to the power of 2 to the power of minus this.</summary>
    public int Scale { get; set; }

    public ulong ZeroCount { get; set; }

    /// <summary>The index of the first of <see cref="Counts"/> in an exponential histogram.</summary>
    public int Offset { get; set; }

    /// <summary>Counts of negative values; how negative is not told apart.</summary>
    public List<ulong> NegativeCounts { get; } = [];

    /// <summary>Of a summary.</summary>
    public List<(double Quantile, double Value)> Quantiles { get; } = [];
}
