using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Plays one endpoint of a recording from its first row to its last, bucket by bucket: answers are scored, points written,
/// the row judged, verdicts folded, incidents explained, notifications sent to nobody and counted as delivered.
/// </summary>
internal sealed class EndpointReplay
{
    private readonly Recording _recording;
    private readonly EndpointRows _rows;
    private readonly EndpointPipeline _pipeline;
    private readonly Evaluator _evaluator = new();
    private readonly List<StoryEvent> _events = [];
    private readonly int[] _columns;

    public EndpointReplay(Recording recording, EndpointRows rows, RuleSet rules)
    {
        _recording = recording;
        _rows = rows;
        _pipeline = new EndpointPipeline(rows.Id, recording.Topology, rules);
        _columns = new int[recording.Metrics.Series.Count];
        Array.Fill(_columns, Unknown);
    }

    private const int Unknown = -2;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(25);

    public IReadOnlyList<StoryEvent> Events => _events;

    public long PointsTaken { get; private set; }

    public long PointsRefused { get; private set; }

    /// <param name="from">Start of the first bucket of the recording.</param>
    /// <param name="to">Start of its last bucket.</param>
    /// <param name="progress">Told how many rows were played since it was told last.</param>
    public void Run(Timestamp from, Timestamp to, Action<long>? progress)
    {
        TimeSpan interval = _pipeline.Monitor.Block.Interval;
        int row = 0;
        int sample = 0;
        int score = 0;
        TimeSpan silent = TimeSpan.Zero;
        for (Timestamp bucket = from; bucket <= to; bucket += interval)
        {
            Timestamp end = bucket + interval;
            int first = row;
            for (; sample < _rows.Samples.Count && _rows.Samples[sample].Time < end; sample++)
            {
                foreach (QualityScore found in _evaluator.Evaluate(_rows.Samples[sample]).ToScores())
                {
                    _pipeline.Monitor.Score(found);
                }
            }

            for (; score < _rows.Scores.Count && _rows.Scores[score].Time < end; score++)
            {
                _pipeline.Monitor.Score(_rows.Scores[score]);
            }

            row = WriteUntil(end, row);

            _events.AddRange(_pipeline.Settle(end));
            if (row > first)
            {
                progress?.Invoke(row - first);
            }

            // Two rows may lie centuries apart. After a day of silence nothing is left that another bucket could change.
            if (NextAt(row, sample, score) is var next && next > end + interval)
            {
                silent += interval;
                if (silent >= LongestSilence)
                {
                    silent = TimeSpan.Zero;
                    bucket = next.Floor(interval) - interval;
                }
            }
            else
            {
                silent = TimeSpan.Zero;
            }
        }
    }

    /// <summary>When the next row, answer or score becomes known; the end of time when there is none.</summary>
    private Timestamp NextAt(int row, int sample, int score)
    {
        Timestamp next = row < _rows.Rows.Length ? new Timestamp(KnownAt(_rows.Rows[row])) : Timestamp.MaxValue - LongestSilence;
        next = sample < _rows.Samples.Count ? Timestamp.Min(next, _rows.Samples[sample].Time) : next;
        return score < _rows.Scores.Count ? Timestamp.Min(next, _rows.Scores[score].Time) : next;
    }

    private long KnownAt(int row) => _recording.Metrics.KnownAtUnixMs[row];

    /// <summary>Writes the rows that are known before an instant.</summary>
    /// <returns>The first row that is not.</returns>
    private int WriteUntil(Timestamp end, int row)
    {
        MetricRows metrics = _recording.Metrics;
        ReadOnlySpan<long> known = metrics.KnownAtUnixMs;
        ReadOnlySpan<long> times = metrics.TimesUnixMs;
        ReadOnlySpan<int> series = metrics.SeriesIndex;
        ReadOnlySpan<double> values = metrics.Values;
        int first = row;
        long taken = 0;
        for (; row < _rows.Rows.Length && _rows.Rows[row] is int at && known[at] < end.UnixMs; row++)
        {
            int column = Column(metrics, series[at]);
            taken += column >= 0 && _pipeline.Monitor.Write(column, new Timestamp(times[at]), values[at], end).IsAccepted() ? 1 : 0;
        }

        PointsTaken += taken;
        PointsRefused += row - first - taken;
        return row;
    }

    private int Column(MetricRows metrics, int series)
    {
        if (_columns[series] == Unknown)
        {
            _columns[series] = _pipeline.Monitor.Column(metrics.Series[series]);
        }

        return _columns[series];
    }
}
