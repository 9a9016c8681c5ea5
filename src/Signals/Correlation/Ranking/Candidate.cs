using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>A possible cause before it gets its rank.</summary>
/// <param name="Entity">Where.</param>
/// <param name="Metric">What moved there.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Onset">When it began; null: the target's onset stands for it.</param>
/// <param name="Evidence">Sentences for it.</param>
/// <param name="Against">Sentences against it.</param>
/// <param name="Fact">The series; null for events and nodes.</param>
internal sealed record Candidate(
    EntityId Entity,
    MetricName Metric,
    double Score,
    OnsetInterval? Onset,
    List<string> Evidence,
    List<string> Against,
    SeriesFact? Fact = null)
{
    /// <summary>By score; ties by name, so that the order is always the same.</summary>
    public static int BestFirst(Candidate left, Candidate right)
    {
        int order = right.Score.CompareTo(left.Score);
        order = order != 0 ? order : left.Entity.CompareTo(right.Entity);
        return order != 0 ? order : string.CompareOrdinal(left.Metric.Text, right.Metric.Text);
    }
}
