namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a stream was like when it was new: the level from which drift is measured.</summary>
/// <remarks>
/// Once it holds enough known answers over enough time, the lower 99 % betting bound of their mean is the level. It goes on
/// collecting, and the bound is taken again each time the answers have doubled, until there are enough for good. A
/// betting bound never falls, whatever comes later, so a slow decline cannot drag its own yardstick along; more
/// answers of the same kind only sharpen it. The uncertainty of the reference is paid for by the bound: with
/// probability .99 the null hypothesis of the detector is true, at all times, of a process that did not change.
/// </remarks>
public sealed class FrozenReference
{
    private const double Confidence = 0.99;

    private readonly QualityMonitorOptions _options;
    private readonly double _probabilityMin;
    private BettingBound? _bound;
    private Timestamp? _first;
    private int _nextLook;

    public FrozenReference(double probabilityMin, QualityMonitorOptions options)
    {
        _options = options;
        _probabilityMin = probabilityMin;
        _bound = new BettingBound(Confidence, probabilityMin);
        _nextLook = options.ReferenceKnownMin;
    }

    /// <summary>Who scored it.</summary>
    public string? Judge { get; private set; }

    public int Known { get; private set; }

    /// <summary>The lower bound of the mean; null: too early.</summary>
    public double? Lower { get; private set; }

    /// <summary>Takes one known answer in.</summary>
    /// <returns>Whether <see cref="Lower"/> was set or raised.</returns>
    public bool Observe(Timestamp time, double score, double probability, string? judge)
    {
        if (_bound is null)
        {
            return false;
        }

        _first ??= time;
        Judge ??= judge;
        Known++;
        _bound.Observe(score, probability);
        if (Known < _nextLook || time - _first.Value < _options.ReferenceSpanMin)
        {
            return false;
        }

        bool raised = !(_bound.Lower <= Lower);
        Lower = _bound.Lower;
        _nextLook = 2 * Known;
        if (_nextLook > _options.ReferenceKnownMax)
        {
            Close();
        }

        return raised;
    }

    /// <summary>Collects no more.</summary>
    public void Close() => _bound = null;

    public FrozenReferenceState Save() => new(_probabilityMin, Judge, Known, _nextLook, _first, Lower, _bound?.Save());

    public static FrozenReference Restore(QualityMonitorOptions options, FrozenReferenceState state)
    {
        FrozenReference reference = new(state.ProbabilityMin, options)
        {
            Judge = state.Judge,
            Known = state.Known,
            Lower = state.Lower,
        };
        reference._nextLook = state.NextLook;
        reference._first = state.First;
        if (state.Bound is null)
        {
            reference.Close();
        }
        else
        {
            reference._bound!.Restore(state.Bound);
        }

        return reference;
    }
}
