using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// Turns scores of single answers into one weighted mean a bucket, so that quality stands beside infrastructure as a
/// series of its component. Only for looking and for correlation: rules are decided by the detectors, not by these.
/// </summary>
/// <param name="interval">Length of a bucket.</param>
public sealed partial class QualityBuckets(TimeSpan interval)
{
    /// <summary>Buckets of a series that may still change; an older score no longer moves its mean.</summary>
    public const int OpenBuckets = 12;

    private readonly Dictionary<SeriesKey, Queue<Bucket>> _open = [];

    /// <summary>Takes a score in.</summary>
    /// <returns>The point that its bucket now has; null when the score is unknown or its bucket is closed.</returns>
    public MetricPoint? Add(QualityScore score)
    {
        if (score.Score is not { } value)
        {
            return null;
        }

        SeriesKey key = new(score.Entity, MetricName.Of(score.Dimension));
        if (!_open.TryGetValue(key, out Queue<Bucket>? buckets))
        {
            _open[key] = buckets = new Queue<Bucket>();
        }

        Timestamp start = score.Time.Floor(interval);
        Bucket? bucket = buckets.FirstOrDefault(b => b.Start == start);
        if (bucket is null)
        {
            if (buckets.Count > 0 && start < buckets.Peek().Start)
            {
                return null;
            }

            buckets.Enqueue(bucket = new Bucket(start));
            if (buckets.Count > OpenBuckets)
            {
                buckets.Dequeue();
            }
        }

        double weight = 1 / score.Probability;
        bucket.Weight += weight;
        bucket.Sum += weight * value;
        return new MetricPoint(key, start, bucket.Sum / bucket.Weight);
    }

    private sealed class Bucket(Timestamp start)
    {
        public Timestamp Start { get; } = start;

        public double Weight { get; set; }

        public double Sum { get; set; }
    }
}
