using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>What happened at an entity, as points in time.</summary>
/// <param name="View">The series of events.</param>
/// <param name="Times">When, oldest first, within reach of the incident; at least one.</param>
/// <param name="Codes">The values, as many.</param>
internal sealed record EventFact(SeriesView View, IReadOnlyList<Timestamp> Times, IReadOnlyList<double> Codes)
{
    public EntityId Entity => View.Entity;

    public MetricName Metric => View.Metric;

    public string Name => View.Definition.Name;

    /// <summary>An event happens at an instant, so its interval is one.</summary>
    public OnsetInterval Interval => new(Times[0], Times[0]);
}
