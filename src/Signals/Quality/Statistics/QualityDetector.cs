using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>Answers one question about one stream: evidence raises the alarm, and evidence ends it.</summary>
/// <remarks>
/// Two detectors take turns. While all is well, one looks for the fault at the level that the budget of false alarms
/// gives. Once it has spoken, the opposite one looks for the end of the fault, at a level of its own, starting from
/// nothing; its null hypothesis is "still no better than the threshold less a margin", so that a process that sits
/// exactly on the threshold, which is no fault, is let go in the end. Neither looks at an interval, and neither runs
/// while the other does: there is nothing to flap.
/// </remarks>
public sealed class QualityDetector
{
    private readonly QualityMonitorOptions _options;
    private readonly TwoEndedDetector _watch;
    private readonly TwoEndedDetector _recover;
    private bool _alarmed;
    private int _known;
    private double _firedShare;
    private double _alarm;

    public QualityDetector(EDirection direction, double threshold, double probabilityMin, QualityMonitorOptions options)
    {
        _options = options;
        Direction = direction;
        Threshold = Math.Clamp(threshold, 0, 1);
        bool below = direction == EDirection.Below;
        double back = Threshold + (below ? -options.RecoveryMargin : options.RecoveryMargin);
        _watch = new TwoEndedDetector(direction, Threshold, probabilityMin);
        _recover = new TwoEndedDetector(below ? EDirection.Above : EDirection.Below, Math.Clamp(back, 0, 1), probabilityMin);
    }

    public EDirection Direction { get; }

    /// <summary>m0.</summary>
    public double Threshold { get; }

    /// <summary>How often it has spoken.</summary>
    public int Alarms { get; private set; }

    /// <summary>Expected false alarms so far, at most.</summary>
    public double Spent { get; private set; }

    /// <summary>M, at the present A; while an alarm stands, as it was when it spoke.</summary>
    public double Evidence => (_alarmed ? _firedShare : _watch.Share) * _alarm;

    /// <summary>An alarm stands, or is half way: evidence is counted on a logarithmic scale.</summary>
    public bool Doubts => _alarmed || _watch.Share * Math.Sqrt(_alarm) >= 1;

    /// <summary>Takes one drawn answer in.</summary>
    public void Observe(double? score, double probability, double alarm, bool unknownIsRare)
    {
        _alarm = alarm;
        if (score is not null && _known < int.MaxValue)
        {
            _known++;
        }

        if (_alarmed)
        {
            if (_recover.Observe(score, probability, _options.RecoveryLevel, unknownIsRare))
            {
                _alarmed = false;
                _recover.Reset();
                _watch.Reset();
            }

            return;
        }

        Spent += score is null ? 0 : 1 / alarm;
        if (_watch.Observe(score, probability, alarm, unknownIsRare))
        {
            _firedShare = _watch.Share;
            _alarmed = true;
            Alarms++;
            _watch.Reset();
            _recover.Reset();
        }
    }

    /// <summary>More answers are unknown than tolerated, and the verdict hangs on them: the judge is at fault, not the model.</summary>
    public bool HeldByUnknown(bool unknownIsRare) => !_alarmed && !unknownIsRare && _watch.EndsDisagree;

    /// <summary>What there is to say now.</summary>
    public Truth Say(bool unknownIsRare)
    {
        if (_alarmed)
        {
            return Truth.True;
        }

        if (_known == 0)
        {
            return Truth.Missing;
        }

        bool enoughSeen = _known >= _options.KnownMin;
        return enoughSeen && !Doubts && !HeldByUnknown(unknownIsRare) ? Truth.False : Truth.Hold;
    }

    /// <summary>As <see cref="EDetector.Expect"/>.</summary>
    public void Expect(double probabilityMin)
    {
        _watch.Expect(probabilityMin);
        _recover.Expect(probabilityMin);
    }

    /// <summary>The same question with another threshold: the evidence begins anew, the history goes on.</summary>
    public QualityDetector WithThreshold(double threshold, double probabilityMin)
    {
        QualityDetector next = new(Direction, threshold, probabilityMin, _options) { Alarms = Alarms, Spent = Spent };
        next._known = _known;
        next._alarm = _alarm;
        return next;
    }

    /// <summary>Forgets the evidence that has been gathered; a standing alarm stands.</summary>
    public void Reset()
    {
        _watch.Reset();
        _recover.Reset();
    }

    public QualityDetectorState Save() =>
        new(_alarmed, _known, _firedShare, Alarms, Spent, _watch.Save(), _recover.Save());

    public void Restore(QualityDetectorState state)
    {
        _alarmed = state.Alarmed;
        _known = state.Known;
        _firedShare = state.FiredShare;
        Alarms = state.Alarms;
        Spent = state.Spent;
        _alarm = state.Watch.Kindest.Alarm;
        _watch.Restore(state.Watch);
        _recover.Restore(state.Recover);
    }
}
