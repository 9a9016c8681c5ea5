using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The column that a metric of a condition is read from: the first that exists of its alternatives.</summary>
/// <param name="place">Its place in the frame.</param>
/// <param name="entities">Where to look, in order, as the frame numbers them.</param>
/// <param name="metric">What to look for; all entities are asked for the first of its names, then for the next.</param>
/// <param name="residual">With which labels.</param>
internal sealed class BoundSeries(int place, int[] entities, MetricReference metric, LabelSet residual)
{
    /// <summary>-1: there is none.</summary>
    public int Column(EvaluationFrame frame) => frame.Columns[place].Column;

    /// <summary>The metric that was found; the first while none is.</summary>
    public MetricName Metric(EvaluationFrame frame) => frame.Columns[place].Name is > 0 and int other ? metric.Others[other - 1] : metric.First;

    public bool Refresh(EvaluationFrame frame)
    {
        for (int name = 0; name <= metric.Others.Count; name++)
        {
            foreach (int entity in entities)
            {
                if (frame.Index.Find(frame.Entities[entity], name == 0 ? metric.First : metric.Others[name - 1], residual) is int column && column >= 0)
                {
                    frame.Columns[place] = new FoundColumn(column, name);
                    return true;
                }
            }
        }

        return Column(frame) >= 0;
    }
}
