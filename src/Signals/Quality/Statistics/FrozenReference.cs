namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a stream was like when it was new: the level from which drift is measured.</summary>
/// <remarks>
/// It collects until it holds enough known answers over enough time, then keeps the lower 99 % betting bound of the
/// mean for good. A slow decline can therefore not drag its own yardstick along. The uncertainty of the reference is
/// paid for by the bound: with probability .99 the detector's null hypothesis is true of a process that did not change.
/// </remarks>
public sealed class FrozenReference(double probabilityMin, QualityMonitorOptions options)
{
    private const double Confidence = 0.99;

    private BettingBound? _bound = new(Confidence, probabilityMin);
    private Timestamp? _first;

    /// <summary>Who scored it.</summary>
    public string? Judge { get; private set; }

    public int Known { get; private set; }

    /// <summary>The frozen lower bound of the mean; null: still collecting.</summary>
    public double? Lower { get; private set; }

    /// <summary>Takes one known answer in.</summary>
    /// <returns>Whether this answer froze the reference.</returns>
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
        if (Known < options.ReferenceKnownMin || time - _first.Value < options.ReferenceSpanMin)
        {
            return false;
        }

        Lower = _bound.Lower;
        _bound = null;
        return true;
    }

    public FrozenReferenceState Save() => new(Judge, Known, _first, Lower, _bound?.Save());

    public void Restore(FrozenReferenceState state)
    {
        Judge = state.Judge;
        Known = state.Known;
        _first = state.First;
        Lower = state.Lower;
        if (state.Bound is null)
        {
            _bound = null;
        }
        else
        {
            _bound!.Restore(state.Bound);
        }
    }
}
