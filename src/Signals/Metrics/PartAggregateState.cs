namespace Grainwatch.Signals.Metrics;

/// <summary>What a <see cref="PartAggregate"/> has to remember.</summary>
/// <param name="Kind">Of the series.</param>
/// <param name="Unit">Of the series.</param>
/// <param name="Instants">Those that are remembered, oldest first.</param>
public sealed record PartAggregateState(MetricKind Kind, MetricUnit Unit, PartInstant[] Instants);
