using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Metrics;

/// <summary>What identifies a series: whose, which metric, and the labels that remain.</summary>
public sealed record SeriesKey(EntityId Entity, MetricName Metric, LabelSet Residual)
{
    public SeriesKey(EntityId entity, MetricName metric)
        : this(entity, metric, LabelSet.Empty)
    {
    }

    public override string ToString() => $"{Entity}:{Metric}{Residual}";
}
