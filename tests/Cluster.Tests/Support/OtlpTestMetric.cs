namespace Grainwatch.Cluster.Tests.Support;

/// <summary>One metric to be sent in either encoding of OTLP.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">gauge, sum, histogram, exponentialHistogram or summary.</param>
/// <param name="Points">Its data points.</param>
/// <param name="Temporality">1: delta, 2: cumulative.</param>
/// <param name="IsMonotonic">Of a sum.</param>
internal sealed record OtlpTestMetric(string Name, string Kind, OtlpTestPoint[] Points, int Temporality = 2, bool IsMonotonic = true);

/// <summary>One data point; what its kind does not have is left out.</summary>
internal sealed record OtlpTestPoint(long TimeUnixMs, double Value = 0)
{
    public Dictionary<string, string> Attributes { get; init; } = [];

    public double[] Bounds { get; init; } = [];

    public ulong[] Counts { get; init; } = [];

    public double? Sum { get; init; }

    public int Scale { get; init; }

    public int Offset { get; init; }

    public ulong ZeroCount { get; init; }

    public (double Quantile, double Value)[] Quantiles { get; init; } = [];

    public uint Flags { get; init; }

    public bool IsInteger { get; init; }

    public ulong Count => ZeroCount + Counts.Aggregate(0UL, (sum, c) => sum + c);
}
