using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Silo.Playback;

/// <summary>What one endpoint has yet to hear of a recording, in the order in which it became known.</summary>
internal sealed class EndpointPart(Recording recording, EndpointRows rows)
{
    private int _row;
    private int _sample;
    private int _score;

    public EntityId Id => rows.Id;

    public static IReadOnlyList<EndpointPart> Of(Recording recording) => [.. EndpointRows.Of(recording).Select(r => new EndpointPart(recording, r))];

    public List<ResponseSample> TakeSamples(Timestamp before) => Take(rows.Samples, ref _sample, s => s.Time < before);

    public List<QualityScore> TakeScores(Timestamp before) => Take(rows.Scores, ref _score, s => s.Time < before);

    public SeriesWrite[] TakePoints(Timestamp before)
    {
        MetricRows metrics = recording.Metrics;
        ReadOnlySpan<long> known = metrics.KnownAtUnixMs;
        List<SeriesWrite> batch = [];
        for (; _row < rows.Rows.Length && known[rows.Rows[_row]] < before.UnixMs; _row++)
        {
            int row = rows.Rows[_row];
            batch.Add(new SeriesWrite(metrics.Series[metrics.SeriesIndex[row]], false, [metrics.TimesUnixMs[row]], [metrics.Values[row]]));
        }

        return [.. batch];
    }

    private static List<T> Take<T>(IReadOnlyList<T> all, ref int at, Func<T, bool> isDue)
    {
        List<T> taken = [];
        while (at < all.Count && isDue(all[at]))
        {
            taken.Add(all[at++]);
        }

        return taken;
    }
}
