using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

public sealed partial class QualityBuckets
{
    internal QualityBucketEntry[] Save() => [.. _open.SelectMany(
        s => s.Value, (s, b) => new QualityBucketEntry(StoredSeriesKey.Of(s.Key), b.Start, b.Weight, b.Sum))];

    internal void Restore(IEnumerable<QualityBucketEntry> entries)
    {
        foreach (IGrouping<SeriesKey, QualityBucketEntry> series in entries.GroupBy(e => e.Key.ToKey()))
        {
            _open[series.Key] = new Queue<Bucket>(series.Select(e => new Bucket(e.Start) { Weight = e.Weight, Sum = e.Sum }));
        }
    }
}
