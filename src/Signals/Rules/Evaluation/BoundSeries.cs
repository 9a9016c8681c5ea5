using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The column that a metric of a condition is read from: the first that exists of its alternatives.</summary>
/// <param name="entities">Where to look, in order.</param>
/// <param name="metrics">What to look for, in order; all entities are asked for the first, then for the next.</param>
/// <param name="residual">With which labels.</param>
internal sealed class BoundSeries(IReadOnlyList<EntityId> entities, IReadOnlyList<MetricName> metrics, LabelSet residual)
{
    public int Column { get; private set; } = -1;

    /// <summary>The metric that was found; the first while none is.</summary>
    public MetricName Metric { get; private set; } = metrics[0];

    public bool Refresh(SeriesIndex index)
    {
        foreach (MetricName metric in metrics)
        {
            foreach (EntityId entity in entities)
            {
                if (index.Find(entity, metric, residual) is int column && column >= 0)
                {
                    Column = column;
                    Metric = metric;
                    return true;
                }
            }
        }

        return Column >= 0;
    }
}
