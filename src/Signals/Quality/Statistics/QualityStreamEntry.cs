namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>One stream of a <see cref="QualityMonitorState"/>.</summary>
/// <param name="EntityKey">Of whom.</param>
/// <param name="Dimension">Of which dimension.</param>
/// <param name="State">What it remembers.</param>
/// <param name="Questions">What its detectors answer, in their order; null: the questions of whoever restores it.</param>
public sealed record QualityStreamEntry(string EntityKey, string Dimension, QualityStreamState State, QualityQuestion[]? Questions = null);
