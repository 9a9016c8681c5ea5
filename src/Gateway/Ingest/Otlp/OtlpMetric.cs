namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>One metric of one resource, as sent; the same whichever encoding it came in.</summary>
internal sealed class OtlpMetric
{
    /// <summary>Values of the enumeration AggregationTemporality.</summary>
    public const int Delta = 1;
    public const int Cumulative = 2;

    public string Name { get; set; } = "";

    public OtlpMetricKind? Kind { get; set; }

    public int Temporality { get; set; }

    public bool IsMonotonic { get; set; }

    public List<OtlpPoint> Points { get; } = [];
}
