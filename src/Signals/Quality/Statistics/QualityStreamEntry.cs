namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>One stream of a <see cref="QualityMonitorState"/>.</summary>
public sealed record QualityStreamEntry(string EntityKey, string Dimension, QualityStreamState State);
