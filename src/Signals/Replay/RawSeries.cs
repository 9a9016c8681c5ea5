using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>One pair of entity and metric name as a file writes them, and what they mean.</summary>
internal sealed class RawSeries(
    byte[] entityBytes, byte[] metricBytes, string sourceName, EntityId? entity, ResolvedMetric resolved)
{
    public byte[] EntityBytes { get; } = entityBytes;

    public byte[] MetricBytes { get; } = metricBytes;

    /// <summary>The metric's name in the file: two names of one metric are decoded apart before they meet.</summary>
    public string SourceName { get; } = sourceName;

    /// <summary>The series; null when the topology has no such entity, and rows are left out.</summary>
    public SeriesKey? Key { get; } = entity is null ? null : new SeriesKey(entity, resolved.Metric);

    public double Scale { get; } = resolved.Scale;

    public bool IsCumulative { get; } = resolved.IsCumulative;

    /// <summary>Index of the series whose row followed the last row of this one: the first guess for the next row.</summary>
    public int Follower { get; set; } = -1;

    public bool Is(ReadOnlySpan<byte> entity, ReadOnlySpan<byte> metric) =>
        entity.SequenceEqual(EntityBytes) && metric.SequenceEqual(MetricBytes);
}
