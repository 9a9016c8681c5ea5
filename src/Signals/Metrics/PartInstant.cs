namespace Grainwatch.Signals.Metrics;

/// <summary>The parts of one instant in a <see cref="PartAggregateState"/>.</summary>
public sealed record PartInstant(Timestamp Time, KeyValuePair<string, double>[] Parts);
