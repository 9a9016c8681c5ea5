using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>One dimension of one entity: its recent answers, its counts, and a detector for each question about it.</summary>
/// <remarks>
/// The least probability pMin need not be told. When an answer comes with less, pMin becomes half of that, the answer is
/// not bet on, and the detectors begin anew, which only takes evidence away and so keeps every bound. When the recent answers
/// were all drawn with more than four times pMin, it rises to the least of theirs, from the next answer on. The alarm level
/// follows the judged answers of the last day. Both change at most every five minutes, before an answer's score is known.
/// </remarks>
internal sealed class QualityStream
{
    private const double ProbabilityRise = 4;

    private readonly QualityMonitorOptions _options;
    private readonly QualityQuestion[] _questions;
    private readonly QualityDetector?[] _detectors;
    private readonly AnswerRing _answers;
    private readonly CountRing _fine = CountRing.Fine();
    private readonly CountRing _coarse = CountRing.Coarse();
    private readonly int _driftAt;
    private FrozenReference? _reference;
    private double _probabilityMin;
    private double _alarm;
    private Timestamp? _first;
    private Timestamp? _rememberedTo;
    private QualityEstimate? _estimate;
    private long _rateBucket = long.MinValue;

    public QualityStream(QualityQuestion[] questions, QualityMonitorOptions options)
    {
        _options = options;
        _questions = questions;
        _detectors = new QualityDetector?[questions.Length];
        _answers = new AnswerRing(options.AnswersMax);
        _driftAt = Array.FindIndex(questions, q => q.Kind == QualityQuestionKind.Drift);
        _alarm = AlarmBudget.Level(TimeSpan.FromDays(1) / options.PriorSpacing, options.FalseAlarmsADay);
    }

    /// <summary>A of the next answer.</summary>
    public double Alarm => _alarm;

    /// <summary>How many baselines were begun: more than one where the judge changed.</summary>
    public int Baselines { get; private set; }

    public FrozenReference? Reference => _reference;

    /// <summary>Event time of the newest answer; null: none came.</summary>
    public Timestamp? Newest { get; private set; }

    /// <summary>True: the stream went on from a stored state that holds everything up to this time.</summary>
    public bool IsRemembered(Timestamp time) => time <= _rememberedTo;

    private bool DriftIsAsked => _driftAt >= 0;

    private bool DriftDoubts => DriftIsAsked && _detectors[_driftAt] is { Doubts: true };

    private bool UnknownIsRare => _answers.UnknownShare <= _options.UnknownShareMax;

    public void Take(QualityScore score)
    {
        Newest = Newest is { } newest ? Timestamp.Max(newest, score.Time) : score.Time;
        FollowTraffic(score.Time);
        bool mayBet = FollowProbability(score.Probability);
        FollowJudge(score);
        _estimate = null;
        _answers.Add(new DrawnAnswer(score.Time, score.Score, score.Probability));
        CountBucket counts = new(0, 0, 1, score.Score is null ? 0 : 1, 1 / score.Probability);
        _fine.Add(score.Time, counts);
        _coarse.Add(score.Time, counts);
        if (!mayBet)
        {
            return;
        }

        // Decided before the score is looked at: the bound of the reference rests on that, too.
        bool collects = !DriftDoubts;
        bool rare = UnknownIsRare;
        foreach (QualityDetector? detector in _detectors)
        {
            detector?.Observe(score.Score, score.Probability, _alarm, rare);
        }

        if (collects && score.Score is double x && _reference?.Observe(score.Time, x, score.Probability, score.Judge) == true)
        {
            SharpenDrift();
        }
    }

    /// <summary>What the detector of a question says; the question's place is its index.</summary>
    public QualityDecision Decide(int question)
    {
        QualityEstimate estimate = Estimate();
        Truth truth = _detectors[question]?.Say(UnknownIsRare) ?? Truth.Missing;
        if (truth == Truth.Missing && estimate.N > 0)
        {
            truth = Truth.Hold;
        }

        return new QualityDecision(truth, estimate, _detectors[question]?.Evidence ?? 0, _alarm);
    }

    public QualityEstimate Estimate() => _estimate ??= _answers.Estimate();

    public QualityDetector? Detector(int question) => _detectors[question];

    public bool HeldByUnknown(int question) => _detectors[question]?.HeldByUnknown(UnknownIsRare) ?? false;

    /// <summary>Counts of a window; up to 15 minutes by 10 s, beyond by 5 minutes.</summary>
    public CountBucket Counts(TimeSpan window, Timestamp now) => (window <= _fine.Span ? _fine : _coarse).Sum(window, now);

    public QualityStreamState Save() => new(
        _probabilityMin, _alarm, _first, _rateBucket, Baselines, _answers.Save(), _fine.Save(), _coarse.Save(),
        [.. _detectors.Select(d => d?.Save())], _reference?.Save(), Newest);

    /// <summary>Continues from what another stream remembered.</summary>
    /// <param name="state">Of the other.</param>
    /// <param name="asked">What the other was asked, in the order of its detectors.</param>
    public void Restore(QualityStreamState state, QualityQuestion[] asked)
    {
        Invariant.Require(state.Detectors.Length == asked.Length);
        _probabilityMin = state.ProbabilityMin;
        _alarm = state.Alarm;
        _first = state.First;
        _rateBucket = state.RateBucket;
        Baselines = state.Baselines;
        Newest = state.Newest;
        _answers.Restore(state.Answers);
        _fine.Restore(state.Fine);
        _coarse.Restore(state.Coarse);
        if (state.Reference is not null && DriftIsAsked)
        {
            _reference = FrozenReference.Restore(_options, state.Reference);
        }

        for (int i = 0; i < _questions.Length; i++)
        {
            int before = Array.IndexOf(asked, _questions[i]);
            if (before >= 0)
            {
                _detectors[i] = state.Detectors[before] is null ? null : Make(_questions[i]);
                _detectors[i]?.Restore(state.Detectors[before]!);
            }
            else if (_probabilityMin > 0)
            {
                BeginQuestion(i);
            }
        }
    }

    /// <summary>A question that was not asked when the first answer came: its detector runs from the next one on.</summary>
    private void BeginQuestion(int question)
    {
        if (_questions[question].Kind == QualityQuestionKind.Drift)
        {
            BeginReference();
        }
        else
        {
            _detectors[question] = Make(_questions[question]);
        }
    }

    /// <summary>From now on answers up to the newest of what was restored are told again, and known.</summary>
    public void Remember() => _rememberedTo = Newest;

    /// <returns>Whether the answer may be bet on: not when the stake would follow from the answer's own probability.</returns>
    private bool FollowProbability(double probability)
    {
        if (_probabilityMin > 0 && probability >= _probabilityMin)
        {
            return true;
        }

        bool first = _probabilityMin == 0;
        _probabilityMin = first ? probability : Math.Max(probability / 2, _options.ProbabilityFloor);
        for (int i = 0; i < _questions.Length; i++)
        {
            if (first && _questions[i].Kind != QualityQuestionKind.Drift)
            {
                _detectors[i] = Make(_questions[i]);
            }

            _detectors[i]?.Expect(_probabilityMin);
            _detectors[i]?.Reset();
        }

        if (DriftIsAsked && _reference?.Lower is null)
        {
            BeginReference();
        }
        else
        {
            // Its bets were laid for another pMin; what it has shown stays shown.
            _reference?.Close();
        }


        return false;
    }

    private void FollowTraffic(Timestamp time)
    {
        _first ??= time;
        long bucket = time.Floor(_coarse.Interval).UnixMs;
        if (bucket <= _rateBucket)
        {
            return;
        }

        _rateBucket = bucket;
        if (_answers.ProbabilityLeast >= ProbabilityRise * _probabilityMin)
        {
            _probabilityMin = _answers.ProbabilityLeast;
            foreach (QualityDetector? detector in _detectors)
            {
                detector?.Expect(_probabilityMin);
            }
        }

        TimeSpan seen = time - _first.Value;
        TimeSpan span = seen < _coarse.Span ? seen : _coarse.Span;
        double judged = _coarse.Sum(_coarse.Span, time).Known + (_options.PriorWeight / _options.PriorSpacing);
        _alarm = AlarmBudget.Level(judged / ((span + _options.PriorWeight) / TimeSpan.FromDays(1)), _options.FalseAlarmsADay);
    }

    /// <summary>Another judge is another yardstick: what was drift to the old one is a difference of taste to the new one.</summary>
    private void FollowJudge(QualityScore score)
    {
        if (_reference is { Known: > 0 } && score.Score is not null
            && !string.Equals(_reference.Judge, score.Judge, StringComparison.Ordinal))
        {
            BeginReference();
        }
    }

    private void BeginReference()
    {
        _reference = new FrozenReference(_probabilityMin, _options);
        Baselines++;
        _detectors[_driftAt] = null;
    }

    /// <summary>A sharper reference begins the evidence anew, so it waits until there is none worth keeping.</summary>
    private void SharpenDrift()
    {
        double threshold = Math.Max(_reference!.Lower!.Value - _options.Delta, 0);
        _detectors[_driftAt] = _detectors[_driftAt]?.WithThreshold(threshold, _probabilityMin) ?? Make(_questions[_driftAt]);
    }

    private QualityDetector Make(QualityQuestion question) => question.Kind switch
    {
        QualityQuestionKind.Below => new(EDirection.Below, question.Threshold, _probabilityMin, _options),
        QualityQuestionKind.Above => new(EDirection.Above, question.Threshold, _probabilityMin, _options),
        _ => new(EDirection.Below, Math.Max(_reference!.Lower!.Value - _options.Delta, 0), _probabilityMin, _options),
    };
}
