namespace Grainwatch.Signals.Metrics;

/// <summary>One entry of the catalogue.</summary>
/// <param name="Name">The canonical name, snake case.</param>
/// <param name="Unit">Unit of every value in the core.</param>
/// <param name="Kind">How points are read.</param>
/// <param name="Direction">Which way is bad.</param>
/// <param name="Missing">What a gap means unless a rule says otherwise.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Aliases">Names at the sources.</param>
public sealed record MetricDefinition(
    string Name,
    MetricUnit Unit,
    MetricKind Kind,
    MetricDirection Direction,
    MissingPolicy Missing,
    string Summary,
    params MetricAlias[] Aliases)
{
    /// <summary>Points of it.</summary>
    public MetricName Metric { get; } = MetricName.Of(Name);
}
