using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation;

/// <summary>One probable cause with what speaks for and against it.</summary>
/// <param name="Rank">1 is the most probable.</param>
/// <param name="Entity">Where.</param>
/// <param name="Metric">What moved there.</param>
/// <param name="Score">0 to 1, comparable within one diagnosis only.</param>
/// <param name="Confidence">0 to 1, printed only when calibrated; null: not.</param>
/// <param name="LeadSeconds">Positive: moved before the target.</param>
/// <param name="LeadResolutionSeconds">How exactly the lead is known: half the widths of both onset intervals together.</param>
/// <param name="Onset">When it began.</param>
/// <param name="Evidence">Sentences in words and numbers that speak for it.</param>
/// <param name="Against">Sentences that speak against it.</param>
public sealed record RankedCause(
    int Rank,
    EntityId Entity,
    MetricName Metric,
    double Score,
    double? Confidence,
    double LeadSeconds,
    double LeadResolutionSeconds,
    OnsetInterval Onset,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<string> Against);
