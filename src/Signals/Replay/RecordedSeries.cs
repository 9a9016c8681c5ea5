using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Everything that a recording says, as series for a diagnosis: its metric rows, and the scores of its answers as one
/// weighted mean a bucket and dimension, as live windows have them.
/// </summary>
public static class RecordedSeries
{
    public static IReadOnlyList<SeriesData> Of(Recording recording)
    {
        SeriesData[] metrics = recording.Metrics.BySeries();
        Evaluator evaluator = new();
        IEnumerable<QualityScore> answers = recording.Samples.DistinctBy(s => (s.Entity, s.Id)).SelectMany(s => evaluator.Evaluate(s).ToScores());
        QualityBuckets buckets = new(MonitorOptions.Default.Windows.Interval);
        Dictionary<SeriesKey, SortedDictionary<long, double>> means = [];
        foreach (QualityScore score in answers.Concat(recording.Scores).OrderBy(s => s.Time))
        {
            if (buckets.Add(score) is { } point)
            {
                if (!means.TryGetValue(point.Series, out SortedDictionary<long, double>? series))
                {
                    means[point.Series] = series = [];
                }

                series[point.Time.UnixMs] = point.Value;
            }
        }

        HashSet<SeriesKey> measured = [.. metrics.Select(m => m.Key)];
        return [.. metrics, .. means.Where(m => !measured.Contains(m.Key))
            .OrderBy(m => m.Key.Entity).ThenBy(m => m.Key.Metric.Text, StringComparer.Ordinal)
            .Select(m => new SeriesData(m.Key, [.. m.Value.Keys], [.. m.Value.Values]))];
    }
}
