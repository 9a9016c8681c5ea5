namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>The counted requests of one entity in a <see cref="QualityMonitorState"/>.</summary>
public sealed record QualityArrivalsEntry(string EntityKey, CountBucket[] Fine, CountBucket[] Coarse);
