using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

/// <summary>A bucket of <see cref="QualityBuckets"/> that may still change.</summary>
public sealed record QualityBucketEntry(StoredSeriesKey Key, Timestamp Start, double Weight, double Sum);
