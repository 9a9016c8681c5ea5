namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>A lower bound of a mean that may be read at any time, after every answer.</summary>
/// <remarks>
/// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (2024), with diversified bets.
/// For each candidate m on a grid, gamblers with stakes g bet that the mean is larger: their wealth is multiplied by
/// 1 + g pMin/m (1/p)(X - m), which on average gains nothing if the mean is m or less. A candidate whose mean wealth has
/// ever reached 1/(1 - confidence) is refuted for good (Ville's inequality), and with it all lower ones, since their
/// wealth is larger on every path. The bound is the largest refuted candidate: at most one grid step too low, never too high.
/// A refuted candidate costs nothing any more; an answer costs at most <see cref="Cells"/> times six multiplications.
/// </remarks>
public sealed class BettingBound
{
    /// <summary>Candidates: the grid step is 1/<see cref="Cells"/>.</summary>
    public const int Cells = 200;

    private const double WealthMax = 1e100;
    private static readonly double[] Stakes = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

    private readonly double _probabilityMin;
    private readonly double _refuted;
    private readonly double[] _wealth = new double[Cells * 6];
    private int _excluded;

    public BettingBound(double confidence, double probabilityMin)
    {
        Invariant.Require(confidence is > 0 and < 1);
        Invariant.Require(probabilityMin is > 0 and <= 1);
        _refuted = Stakes.Length / (1 - confidence);
        _probabilityMin = probabilityMin;
        Array.Fill(_wealth, 1);
    }

    /// <summary>With the stated confidence, at all times at once, the mean is at least this.</summary>
    public double Lower => (double)_excluded / Cells;

    /// <summary>Takes one answer in.</summary>
    /// <param name="score">0 to 1.</param>
    /// <param name="probability">With what it was drawn, in [pMin, 1].</param>
    public void Observe(double score, double probability)
    {
        Invariant.Require(score is >= 0 and <= 1);
        Invariant.Require(probability >= _probabilityMin && probability <= 1);
        double scale = _probabilityMin / probability;
        int refuted = _excluded;
        for (int cell = _excluded; cell < Cells; cell++)
        {
            double candidate = (cell + 1.0) / Cells;
            double gain = scale * (score - candidate) / candidate;
            double sum = 0;
            for (int i = 0; i < Stakes.Length; i++)
            {
                ref double wealth = ref _wealth[(cell * Stakes.Length) + i];
                wealth = Math.Min(wealth * (1 + (Stakes[i] * gain)), WealthMax);
                sum += wealth;
            }

            if (sum >= _refuted)
            {
                refuted = cell + 1;
            }
        }

        _excluded = refuted;
    }

    public BettingBoundState Save() => new(_excluded, [.. _wealth]);

    public void Restore(BettingBoundState state)
    {
        Invariant.Require(state.Wealth.Length == _wealth.Length);
        _excluded = state.Excluded;
        state.Wealth.CopyTo(_wealth, 0);
    }
}
