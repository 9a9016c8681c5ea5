namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>A confidence sequence for the mean of a report period: valid whenever it is read.</summary>
/// <remarks>
/// Two one-sided <see cref="BettingBound"/>s, each with half of the error, hedged against each other: one bets on a
/// larger mean, one, on 1 - X, on a smaller.
/// </remarks>
public sealed class BettingInterval(double confidence, double probabilityMin)
{
    private readonly BettingBound _lower = new(1 - ((1 - confidence) / 2), probabilityMin);
    private readonly BettingBound _upper = new(1 - ((1 - confidence) / 2), probabilityMin);

    public double Lower => _lower.Lower;

    public double Upper => 1 - _upper.Lower;

    /// <summary>Takes one answer in; see <see cref="BettingBound.Observe"/>.</summary>
    public void Observe(double score, double probability)
    {
        _lower.Observe(score, probability);
        _upper.Observe(1 - score, probability);
    }
}
