namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="QualityMonitor"/> has to remember, in an order that depends on nothing but its content.</summary>
public sealed record QualityMonitorState(QualityStreamEntry[] Streams, QualityArrivalsEntry[] Arrivals);
