using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>A pattern that fits, with the cause that it puts first.</summary>
/// <param name="Pattern">Which.</param>
/// <param name="Entity">Where the first cause is.</param>
/// <param name="Metric">What moved there.</param>
/// <param name="Onset">When it began; null: known to be so, not since when.</param>
/// <param name="Title">One line, at most 100 characters once cut.</param>
internal sealed record PatternMatch(IncidentPattern Pattern, EntityId Entity, MetricName Metric, OnsetInterval? Onset, string Title)
{
    /// <summary>Sentences for the first cause.</summary>
    public List<string> Evidence { get; } = [];

    /// <summary>Sentences against it: what else could be, what is not known.</summary>
    public List<string> Against { get; } = [];

    /// <summary>What was looked at and is not it.</summary>
    public List<string> RuledOut { get; } = [];

    public bool HarmsUsers { get; init; }

    public Timestamp? ExhaustionAt { get; init; }
}
