using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
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
    private readonly EndpointMonitor _monitor;
    private readonly IncidentDesk _desk;
    private readonly Evaluator _evaluator = new();
    private readonly List<StoryEvent> _events = [];
    private readonly int[] _columns;
    private int _topologyVersion;

    public EndpointReplay(Recording recording, EndpointRows rows, RuleSet rules)
    {
        _recording = recording;
        _rows = rows;
        _monitor = new EndpointMonitor(rows.Id, rules, MonitorOptions.Default, VerdictEpoch.Single);
        _monitor.Declare(recording.Topology);
        _topologyVersion = _monitor.TopologyVersion;
        _columns = new int[recording.Metrics.Series.Count];
        Array.Fill(_columns, Unknown);
        AlertContext context = AlertContextFactory.Create(rows.Id.ToString(), rules, _monitor.Topology, _monitor.Block.Interval, "replay");
        _desk = new IncidentDesk(EndpointAlertsState.Empty(rows.Id.ToString()), context, CorrelatorOptions.Default);
    }

    private const int Unknown = -2;

    public IReadOnlyList<StoryEvent> Events => _events;

    public long PointsTaken { get; private set; }

    public long PointsRefused { get; private set; }

    /// <param name="from">Start of the first bucket of the recording.</param>
    /// <param name="to">Start of its last bucket.</param>
    /// <param name="progress">Told how many rows were played since it was told last.</param>
    public void Run(Timestamp from, Timestamp to, Action<long>? progress)
    {
        TimeSpan interval = _monitor.Block.Interval;
        int row = 0;
        int sample = 0;
        int score = 0;
        for (Timestamp bucket = from; bucket <= to; bucket += interval)
        {
            Timestamp end = bucket + interval;
            int first = row;
            for (; sample < _rows.Samples.Count && _rows.Samples[sample].Time < end; sample++)
            {
                foreach (QualityScore found in _evaluator.Evaluate(_rows.Samples[sample]).ToScores())
                {
                    _monitor.Score(found);
                }
            }

            for (; score < _rows.Scores.Count && _rows.Scores[score].Time < end; score++)
            {
                _monitor.Score(_rows.Scores[score]);
            }

            for (; row < _rows.Rows.Length && KnownAt(_rows.Rows[row]) < end.UnixMs; row++)
            {
                Write(_rows.Rows[row], end);
            }

            Settle(end);
            if (row > first)
            {
                progress?.Invoke(row - first);
            }
        }
    }

    private long KnownAt(int row) => (_recording.Metrics.ArrivalsUnixMs ?? _recording.Metrics.TimesUnixMs)[row];

    private void Write(int row, Timestamp now)
    {
        MetricRows metrics = _recording.Metrics;
        int series = metrics.SeriesIndex[row];
        int column = _columns[series];
        if (column == Unknown)
        {
            _columns[series] = column = _monitor.Column(metrics.Series[series]);
        }

        bool taken = column >= 0 && _monitor.Write(column, new Timestamp(metrics.TimesUnixMs[row]), metrics.Values[row], now).IsAccepted();
        PointsTaken += taken ? 1 : 0;
        PointsRefused += taken ? 0 : 1;
    }

    private void Settle(Timestamp now)
    {
        IReadOnlyList<Verdict> verdicts = _monitor.Judge(now);
        if (_topologyVersion != _monitor.TopologyVersion)
        {
            _topologyVersion = _monitor.TopologyVersion;
            _desk.Context = _desk.Context with { Topology = _monitor.Topology };
        }

        DeskStep folded = _desk.Fold(verdicts, now);
        _events.AddRange(folded.Story);
        Explain(folded, now);

        DeskStep told = _desk.Tick(now);
        Explain(told, now);
        Deliver(told, now);
    }

    private void Explain(DeskStep step, Timestamp now)
    {
        if (step.Diagnoses.Count == 0)
        {
            return;
        }

        IReadOnlyList<SeriesData> series = _monitor.Block.Export(now - WindowSpan(), now);
        foreach (EndpointEffect.DiagnosisWanted wanted in step.Diagnoses)
        {
            DeskStep explained = _desk.Diagnose(wanted, series, now);
            _events.AddRange(explained.Story);
        }
    }

    private void Deliver(DeskStep step, Timestamp now)
    {
        _events.AddRange(step.Story);
        foreach (EndpointEffect.PublishWanted wanted in step.Publish)
        {
            DeskStep answered = _desk.Answer(wanted.Row.Id, PublishAnswer.Accepted, null, now);
            Deliver(answered, now);
        }
    }

    private TimeSpan WindowSpan() => _monitor.Block.Interval * WindowBlock.RetainedRows;
}
