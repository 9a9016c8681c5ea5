using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>Takes scores and arrivals of any number of entities in, and answers what rules ask about their quality.</summary>
/// <remarks>
/// The questions are known beforehand, since a detector must run before the change that it is to find. A question that was
/// not announced is answered by <see cref="Truth.Error"/>. Memory is bounded by the number of streams.
/// </remarks>
public sealed class QualityMonitor : IQualityReader
{
    private readonly QualityMonitorOptions _options;
    private Dictionary<string, QualityQuestion[]> _questions;
    private readonly Dictionary<(string Entity, string Dimension), QualityStream> _streams = [];
    private readonly Dictionary<string, (CountRing Fine, CountRing Coarse)> _arrivals = new(StringComparer.Ordinal);

    public QualityMonitor(IEnumerable<QualityQuestion> questions, QualityMonitorOptions options)
    {
        _options = options;
        _questions = ByDimension(questions);
    }

    /// <summary>Other questions from now on. The detectors of those that were asked before go on; a new one begins with the next
    /// answer.</summary>
    public void Ask(IEnumerable<QualityQuestion> questions)
    {
        Dictionary<string, QualityQuestion[]> before = _questions;
        _questions = ByDimension(questions);
        foreach (((string entity, string dimension), QualityStream stream) in _streams.ToList())
        {
            QualityQuestion[] asked = before.GetValueOrDefault(dimension) ?? [];
            if (!asked.AsSpan().SequenceEqual(Questions(dimension)))
            {
                QualityStream next = NewStream(dimension);
                next.Restore(stream.Save(), asked);
                _streams[(entity, dimension)] = next;
            }
        }
    }

    /// <summary>Scores and arrivals that were refused because a bound was reached.</summary>
    public long Refused { get; private set; }

    /// <summary>Scores that were taken in or refused: another number, another state.</summary>
    public long Taken { get; private set; }

    /// <summary>Takes one score in. Scores may come in any order of event time; the detectors see them as they come.</summary>
    public QualityIntake Take(QualityScore score)
    {
        Taken++;
        if (!(score.Probability >= _options.ProbabilityFloor && score.Probability <= 1))
        {
            Refused++;
            return QualityIntake.ProbabilityOutOfRange;
        }

        if (!TryStream(score.Entity, score.Dimension, out QualityStream? stream))
        {
            Refused++;
            return QualityIntake.TooManyStreams;
        }

        if (stream!.IsRemembered(score.Time))
        {
            return QualityIntake.Remembered;
        }

        bool outOfRange = score.Score is double x && !(x is >= 0 and <= 1);
        stream.Take(outOfRange ? score with { Score = null } : score);
        return outOfRange ? QualityIntake.ScoreOutOfRange
            : score.Score is null ? QualityIntake.TakenAsUnknown
            : QualityIntake.Taken;
    }

    /// <summary>Counts requests that arrived at an entity, drawn or not.</summary>
    public void Arrive(EntityId entity, Timestamp time, int count = 1)
    {
        if (!_arrivals.TryGetValue(entity.Key, out (CountRing Fine, CountRing Coarse) rings))
        {
            if (_arrivals.Count >= _options.StreamsMax)
            {
                Refused++;
                return;
            }

            rings = NewRings();
            _arrivals.Add(entity.Key, rings);
        }

        CountBucket counts = new(0, count, 0, 0, 0);
        rings.Fine.Add(time, counts);
        rings.Coarse.Add(time, counts);
    }

    /// <inheritdoc/>
    public QualityDecision Below(EntityId entity, string dimension, double threshold) =>
        Decide(entity, new QualityQuestion(QualityQuestionKind.Below, dimension, threshold));

    /// <inheritdoc/>
    public QualityDecision Above(EntityId entity, string dimension, double threshold) =>
        Decide(entity, new QualityQuestion(QualityQuestionKind.Above, dimension, threshold));

    /// <inheritdoc/>
    public QualityDecision Drift(EntityId entity, string dimension) =>
        Decide(entity, new QualityQuestion(QualityQuestionKind.Drift, dimension, 0));

    /// <summary>The estimate alone, for any dimension that has answers.</summary>
    public QualityEstimate Estimate(EntityId entity, string dimension) =>
        _streams.TryGetValue((entity.Key, dimension), out QualityStream? stream) ? stream.Estimate() : QualityEstimate.None;

    /// <inheritdoc/>
    public double? UnknownShare(EntityId entity, string dimension, TimeSpan window, Timestamp now)
    {
        CountBucket counts = Counts(entity, dimension, window, now);
        return counts.Drawn == 0 ? null : 1 - ((double)counts.Known / counts.Drawn);
    }

    /// <inheritdoc/>
    /// <remarks>Where nobody counts arrivals, the weights of the drawn answers estimate them.</remarks>
    public double? Coverage(EntityId entity, string dimension, TimeSpan window, Timestamp now)
    {
        CountBucket counts = Counts(entity, dimension, window, now);
        double requests = counts.Weight;
        if (_arrivals.TryGetValue(entity.Key, out (CountRing Fine, CountRing Coarse) rings))
        {
            requests = Math.Max((window <= rings.Fine.Span ? rings.Fine : rings.Coarse).Sum(window, now).Arrivals, counts.Drawn);
        }

        return requests > 0 ? Math.Min(1, counts.Known / requests) : null;
    }

    /// <summary>Every question about one entity that has answers, by dimension, kind and threshold.</summary>
    public IReadOnlyList<QualityStatus> Status(EntityId entity)
    {
        List<QualityStatus> all = [];
        foreach ((string dimension, QualityQuestion[] questions) in _questions.OrderBy(q => q.Key, StringComparer.Ordinal))
        {
            if (!_streams.TryGetValue((entity.Key, dimension), out QualityStream? stream))
            {
                continue;
            }

            for (int i = 0; i < questions.Length; i++)
            {
                QualityDecision decision = stream.Decide(i);
                QualityDetector? detector = stream.Detector(i);
                all.Add(new QualityStatus(
                    questions[i], decision.Truth, detector?.Threshold, decision.EValue, decision.Alarm, _options.FalseAlarmsADay,
                    detector?.Spent ?? 0, detector?.Alarms ?? 0, stream.HeldByUnknown(i), decision.Estimate));
            }
        }

        return all;
    }

    /// <summary>
    /// What was restored holds every answer up to its newest: where the past is told again after a restart, those are passed
    /// over, and so is a straggler of before.
    /// </summary>
    public void Remember()
    {
        foreach (QualityStream stream in _streams.Values)
        {
            stream.Remember();
        }
    }

    /// <summary>Forgets everything that was learnt; the questions stay.</summary>
    public void Clear()
    {
        _streams.Clear();
        _arrivals.Clear();
    }

    /// <summary>As the other, for the streams with the newest answers, those first.</summary>
    public QualityMonitorState Save(int streamsMax) => new(
        [.. _streams.OrderByDescending(s => s.Value.Newest).ThenBy(s => s.Key.Entity, StringComparer.Ordinal)
            .ThenBy(s => s.Key.Dimension, StringComparer.Ordinal)
            .Take(streamsMax).Select(s => new QualityStreamEntry(s.Key.Entity, s.Key.Dimension, s.Value.Save(),
                Questions(s.Key.Dimension)))],
        [.. _arrivals.OrderBy(a => a.Key, StringComparer.Ordinal).Take(streamsMax)
            .Select(a => new QualityArrivalsEntry(a.Key, a.Value.Fine.Save(), a.Value.Coarse.Save()))]);

    /// <summary>Everything that must outlive the process.</summary>
    public QualityMonitorState Save() => new(
        [.. _streams.OrderBy(s => s.Key.Entity, StringComparer.Ordinal).ThenBy(s => s.Key.Dimension, StringComparer.Ordinal)
            .Select(s => new QualityStreamEntry(s.Key.Entity, s.Key.Dimension, s.Value.Save(), Questions(s.Key.Dimension)))],
        [.. _arrivals.OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new QualityArrivalsEntry(a.Key, a.Value.Fine.Save(), a.Value.Coarse.Save()))]);

    /// <summary>Continues from a saved state. Detectors of questions that are asked no more are left out; new questions begin.</summary>
    public static QualityMonitor Restore(
        IEnumerable<QualityQuestion> questions, QualityMonitorOptions options, QualityMonitorState state)
    {
        QualityMonitor monitor = new(questions, options);
        monitor.Restore(state);
        return monitor;
    }

    /// <summary>Continues from a saved state; what is there of the same streams gives way.</summary>
    public void Restore(QualityMonitorState state)
    {
        foreach (QualityStreamEntry entry in state.Streams.Take(_options.StreamsMax))
        {
            QualityStream stream = NewStream(entry.Dimension);
            QualityQuestion[] asked = entry.Questions ?? Questions(entry.Dimension);
            if (entry.State.Detectors.Length == asked.Length)
            {
                stream.Restore(entry.State, asked);
            }

            _streams[(entry.EntityKey, entry.Dimension)] = stream;
        }

        foreach (QualityArrivalsEntry entry in state.Arrivals.Take(_options.StreamsMax))
        {
            (CountRing Fine, CountRing Coarse) rings = NewRings();
            rings.Fine.Restore(entry.Fine);
            rings.Coarse.Restore(entry.Coarse);
            _arrivals[entry.EntityKey] = rings;
        }
    }

    private static Dictionary<string, QualityQuestion[]> ByDimension(IEnumerable<QualityQuestion> questions) =>
        questions.Select(q => q.Kind == QualityQuestionKind.Drift ? q with { Threshold = 0 } : q).Distinct()
            .GroupBy(q => q.Dimension, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(q => q.Kind).ThenBy(q => q.Threshold).ToArray(), StringComparer.Ordinal);

    private static (CountRing Fine, CountRing Coarse) NewRings() => (CountRing.Fine(), CountRing.Coarse());

    private QualityQuestion[] Questions(string dimension) =>
        _questions.TryGetValue(dimension, out QualityQuestion[]? asked) ? asked : [];

    private QualityStream NewStream(string dimension) => new(Questions(dimension), _options);

    private bool TryStream(EntityId entity, string dimension, out QualityStream? stream)
    {
        if (_streams.TryGetValue((entity.Key, dimension), out stream))
        {
            return true;
        }

        if (_streams.Count >= _options.StreamsMax)
        {
            return false;
        }

        stream = NewStream(dimension);
        _streams.Add((entity.Key, dimension), stream);
        return true;
    }

    private CountBucket Counts(EntityId entity, string dimension, TimeSpan window, Timestamp now) =>
        _streams.TryGetValue((entity.Key, dimension), out QualityStream? stream) ? stream.Counts(window, now) : CountBucket.Empty;

    private QualityDecision Decide(EntityId entity, QualityQuestion question)
    {
        int index = Array.IndexOf(Questions(question.Dimension), question);
        if (index < 0)
        {
            return new QualityDecision(Truth.Error, Estimate(entity, question.Dimension), 0, 0);
        }

        return _streams.TryGetValue((entity.Key, question.Dimension), out QualityStream? stream)
            ? stream.Decide(index)
            : new QualityDecision(Truth.Missing, QualityEstimate.None, 0, 0);
    }
}
