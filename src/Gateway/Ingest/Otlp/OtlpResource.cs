namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>What one resource sent: its attributes, and its metrics or log records.</summary>
internal sealed class OtlpResource
{
    public List<KeyValuePair<string, object?>> Attributes { get; } = [];

    public List<OtlpMetric> Metrics { get; } = [];

    public List<OtlpLog> Logs { get; } = [];
}
