namespace Grainwatch.Signals.Replay;

/// <summary>One row of a metrics file as a source writes it.</summary>
/// <param name="Time">Event time.</param>
/// <param name="Entity">As topology.json names it.</param>
/// <param name="Metric">Any name of the catalogue, with the unit of its home.</param>
/// <param name="Value">In that unit.</param>
/// <param name="Arrival">When it became known; null: not told.</param>
public readonly record struct MetricRow(Timestamp Time, string Entity, string Metric, double Value, Timestamp? Arrival = null);
