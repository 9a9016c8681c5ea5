namespace Grainwatch.Signals.Metrics;

/// <summary>One value of one series at one instant, in the canonical unit.</summary>
/// <param name="Series">Whose value it is.</param>
/// <param name="Time">Event time: when it was measured.</param>
/// <param name="Value">In the unit of the catalogue; for a counter the increase since the point before.</param>
public readonly record struct MetricPoint(SeriesKey Series, Timestamp Time, double Value);
