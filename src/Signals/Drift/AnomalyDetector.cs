namespace Grainwatch.Signals.Drift;

/// <summary>Says of each point of one series how unusual it is, from the points before it.</summary>
/// <remarks>
/// <para>
/// Four views of the series are each compared with their own recent past (2,000 points): the value itself; the mean of the
/// last 12, which sees that spikes come more densely; the median of the last 24, which sees that the level has moved and
/// is blind to spikes; and how far that median lies outside what was usual at this time of day in the last week,
/// which sees what is missing. For each the tail of the past says how improbable the newest is
/// (<see cref="TailWindow"/>); the least probable view speaks. The score is s / (s + 4) with s = -log10 of that
/// probability, so that 0.5 stands for one point in ten thousand.
/// </para>
/// <para>
/// After an alarm the score stays 0 for 144 points, as whoever was woken wants it, while the detector goes on learning: a
/// new level becomes normal after some 40 points. The windows count points, not time, so series of any spacing are treated
/// alike; only the daily view needs times. Nothing is said before 200 points were learnt. A view takes 32 KB, and a
/// point costs each view two searches and moves in a sorted array of 2,000.
/// </para>
/// </remarks>
public sealed class AnomalyDetector
{
    /// <summary>The score at and above which a point is an alarm.</summary>
    public const double AlarmScore = 0.5;

    /// <summary>Points for which the score is 0 after an alarm.</summary>
    public const int QuietPoints = 144;

    private const int PastPoints = 2000;
    private const int LearningPoints = 200;
    private const int MeanPoints = 12;
    private const int MedianPoints = 24;

    /// <summary>-log10 of the probability at which the score is <see cref="AlarmScore"/>.</summary>
    private const double AlarmSurprise = 4;
    private const double SurpriseMax = 300;

    /// <summary>Larger values are cut, so that their squares stay finite.</summary>
    private const double ValueMax = 1e150;

    /// <summary>Scales below these parts of the median, of the spread, and (time of day) of the series' spread are not believed.</summary>
    private const double ScaleOfMedian = 0.01;
    private const double ScaleOfSpread = 0.02;
    private const double DailyScaleOfSpread = 0.05;
    private const double ScaleMin = 1e-9;

    private readonly TailWindow _values = new(PastPoints);
    private readonly TailWindow _means = new(PastPoints);
    private readonly TailWindow _medians = new(PastPoints);
    private readonly TailWindow _strays = new(PastPoints);
    private readonly DailyEnvelope _envelope = new();
    private readonly double[] _recent = new double[MedianPoints];
    private readonly long[] _recentMs = new long[MedianPoints];
    private int _recentCount;
    private int _quiet;
    private Timestamp? _last;

    /// <summary>True until enough was learnt for a score.</summary>
    public bool IsLearning => _values.Count < LearningPoints;

    /// <summary>The score of the last point as it would be without the quiet after an alarm.</summary>
    public double LastScore { get; private set; }

    /// <summary>Scores the next point and learns from it.</summary>
    /// <param name="time">Not before the last one; equal times happen in exports (a clock change) and are taken as they come.</param>
    /// <param name="value">Null, or not a finite number: a blank, which scores 0 and teaches nothing.</param>
    /// <returns>0 to 1; <see cref="AlarmScore"/> is the alarm.</returns>
    /// <exception cref="ArgumentException">The time lies before the last one.</exception>
    public double Score(Timestamp time, double? value)
    {
        if (time < _last)
        {
            throw new ArgumentException($"{time} comes before {_last}", nameof(time));
        }

        _last = time;
        if (value is not double given || !double.IsFinite(given))
        {
            LastScore = 0;
            return 0;
        }

        double probability = Learn(time, Math.Clamp(given, -ValueMax, ValueMax));
        double surprise = Math.Min(-Math.Log10(probability), SurpriseMax);
        LastScore = surprise <= 0 ? 0 : surprise / (surprise + AlarmSurprise);
        if (_quiet > 0)
        {
            _quiet--;
            return 0;
        }

        _quiet = LastScore >= AlarmScore ? QuietPoints : 0;
        return LastScore;
    }

    /// <summary>The probability of the least probable view; each view learns after it has spoken.</summary>
    private double Learn(Timestamp time, double value)
    {
        Remember(time, value);
        double seriesScale = _values.Count < LearningPoints
            ? ScaleMin
            : Math.Max(ScaleOfMedian * Math.Abs(_values.Median), DailyScaleOfSpread * _values.Spread);
        double probability = Look(_values, value);
        if (_recentCount >= MeanPoints)
        {
            probability = Math.Min(probability, Look(_means, RecentMean()));
        }

        if (_recentCount < MedianPoints)
        {
            return probability;
        }

        double median = RecentMedian();
        probability = Math.Min(probability, Look(_medians, median));
        if (_envelope.Distance(time, median) is double distance)
        {
            probability = Math.Min(probability, Look(_strays, distance, seriesScale));
        }

        _envelope.Add(time, median);
        return probability;
    }

    private static double Look(TailWindow past, double value, double scaleMin = ScaleMin)
    {
        double probability = 1;
        if (past.Count >= LearningPoints)
        {
            double scale = Math.Max(ScaleOfMedian * Math.Abs(past.Median), ScaleOfSpread * past.Spread);
            scale = Math.Max(scale, scaleMin);
            probability = Math.Min(past.Upper(value, scale), past.Lower(value, scale));
        }

        past.Add(value);
        return probability;
    }

    /// <summary>Keeps the newest points, newest first. A gap longer than all they span twice over makes them old news.</summary>
    private void Remember(Timestamp time, double value)
    {
        if (_recentCount == MedianPoints && time.UnixMs - _recentMs[0] > 2 * (_recentMs[0] - _recentMs[MedianPoints - 1]))
        {
            _recentCount = 0;
        }

        int kept = Math.Min(_recentCount, MedianPoints - 1);
        Array.Copy(_recent, 0, _recent, 1, kept);
        Array.Copy(_recentMs, 0, _recentMs, 1, kept);
        _recent[0] = value;
        _recentMs[0] = time.UnixMs;
        _recentCount = kept + 1;
    }

    private double RecentMean()
    {
        double sum = 0;
        for (int i = 0; i < MeanPoints; i++)
        {
            sum += _recent[i];
        }

        return sum / MeanPoints;
    }

    private double RecentMedian()
    {
        Span<double> sorted = stackalloc double[MedianPoints];
        _recent.CopyTo(sorted);
        sorted.Sort();
        return sorted[MedianPoints / 2];
    }
}
