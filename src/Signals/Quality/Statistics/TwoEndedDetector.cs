namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>An e-detector that lets no answer without a score speak, on either side.</summary>
/// <remarks>
/// Three detectors run side by side: one skips the unknown answers, two put them at the ends of the scale, all at the
/// end that contradicts an alarm (kindest) and all at the end that supports it (harshest). While few answers are
/// unknown the first decides. When more than the tolerated share is, an alarm needs all three: whatever the unknown
/// answers were, it would have been one. An alarm always needs the first, so its bound on false alarms stands; the
/// kindest end holds that bound even when the answers that the judge lost are the good ones.
/// </remarks>
public sealed class TwoEndedDetector
{
    private readonly EDetector _known;
    private readonly EDetector _kindest;
    private readonly EDetector _harshest;

    public TwoEndedDetector(EDirection direction, double threshold, double probabilityMin)
    {
        _known = new EDetector(direction, threshold, probabilityMin);
        _kindest = new EDetector(direction, threshold, probabilityMin);
        _harshest = new EDetector(direction, threshold, probabilityMin);
    }

    /// <summary>M of the known answers.</summary>
    public double Evidence => _known.Evidence;

    /// <summary>M/A of the known answers.</summary>
    public double Share => _known.Share;

    /// <summary>The known answers alone, or the harshest reading, would be an alarm, and the kindest would not.</summary>
    public bool EndsDisagree => (_known.Speaks || _harshest.Speaks) && !_kindest.Speaks;

    /// <summary>Takes one drawn answer in.</summary>
    /// <param name="score">0 to 1; null: unknown.</param>
    /// <param name="probability">With what it was drawn.</param>
    /// <param name="alarm">A.</param>
    /// <param name="unknownIsRare">Whether the share of unknown answers is tolerable.</param>
    /// <returns>Whether this is an alarm. The owner resets.</returns>
    public bool Observe(double? score, double probability, double alarm, bool unknownIsRare)
    {
        if (score is double x)
        {
            _known.Observe(x, probability, alarm);
        }

        bool below = _known.Direction == EDirection.Below;
        _kindest.Observe(score ?? (below ? 1 : 0), probability, alarm);
        _harshest.Observe(score ?? (below ? 0 : 1), probability, alarm);
        return _known.Speaks && (unknownIsRare || (_kindest.Speaks && _harshest.Speaks));
    }

    /// <summary>As <see cref="EDetector.Expect"/>.</summary>
    public void Expect(double probabilityMin)
    {
        _known.Expect(probabilityMin);
        _kindest.Expect(probabilityMin);
        _harshest.Expect(probabilityMin);
    }

    public void Reset()
    {
        _known.Reset();
        _kindest.Reset();
        _harshest.Reset();
    }

    public TwoEndedDetectorState Save() => new(_known.Save(), _kindest.Save(), _harshest.Save());

    public void Restore(TwoEndedDetectorState state)
    {
        _known.Restore(state.Known);
        _kindest.Restore(state.Kindest);
        _harshest.Restore(state.Harshest);
    }
}
