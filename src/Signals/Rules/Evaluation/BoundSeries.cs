using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The column that a metric of a condition is read from: the first that exists of its alternatives.</summary>
/// <param name="entities">Where to look, in order.</param>
/// <param name="metric">What to look for; all entities are asked for the first of its names, then for the next.</param>
/// <param name="residual">With which labels.</param>
internal sealed class BoundSeries(IReadOnlyList<EntityId> entities, MetricReference metric, LabelSet residual)
{
    public int Column { get; private set; } = -1;

    /// <summary>The metric that was found; the first while none is.</summary>
    public MetricName Metric { get; private set; } = metric.First;

    public bool Refresh(SeriesIndex index)
    {
        if (Find(index, metric.First))
        {
            return true;
        }

        foreach (MetricName other in metric.Others)
        {
            if (Find(index, other))
            {
                return true;
            }
        }

        return Column >= 0;
    }

    private bool Find(SeriesIndex index, MetricName name)
    {
        foreach (EntityId entity in entities)
        {
            if (index.Find(entity, name, residual) is int column && column >= 0)
            {
                Column = column;
                Metric = name;
                return true;
            }
        }

        return false;
    }
}
