namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>
/// Watches one stream of scores in 0..1 for a change of its mean, at every answer, for ever, with a stated number of
/// false alarms.
/// </summary>
/// <remarks>
/// <para>
/// An e-detector (Shin, Ramdas, Rinaldo: "E-detectors: a nonparametric framework for sequential change detection",
/// 2023). For the direction Below, with threshold m0 and an answer of score X that was drawn with probability p, a bet
/// against "the mean is at least m0" multiplies its stake by L = 1 + lambda (1/p) (m0 - X), lambda = g pMin / (1 - m0).
/// An arrival that was not drawn has L = 1. Under the null hypothesis E[L | past] is at most 1, whatever the
/// dependence between answers and however p follows the stratum and the past, as long as p was fixed before the answer was
/// looked at and is at least pMin; and L is at least 1 - g, so no bet can be ruined.
/// </para>
/// <para>
/// Each judged answer also starts a new bet of size 1: M_g becomes L (M_g + 1), for six stakes g; M is their mean.
/// M minus the count of judged answers is a supermartingale under the null hypothesis, so among N judged answers one
/// expects at most N/A alarms at level A. Nothing is lost by looking after every answer. Above is Below on 1 - X.
/// </para>
/// <para>
/// The wealth is kept as M/A: an answer adds 1/A, with the A of its moment, and the alarm is at 1. So A may follow the
/// traffic, as long as it is fixed before the score is known, and the expected number of alarms is the sum of the 1/A.
/// The wealth of a stake is limited to <see cref="WealthMax"/> times the alarm; taking evidence away never breaks the bound.
/// With that limit and L of at least 1 - g no logarithms are needed: nothing overflows, and what fades is restarted by
/// the next answer.
/// </para>
/// </remarks>
public sealed class EDetector
{
    /// <summary>The wealth of one stake at most, in alarm levels. The mean of six reaches 1 long before.</summary>
    public const double WealthMax = 64;

    /// <summary>1 - m0 at least this much, so that a threshold of 1 has a finite stake; a smaller stake is always valid.</summary>
    public const double GapMin = 0.001;

    private static readonly double[] Stakes = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

    private readonly double _threshold;
    private double _lambdaOfUnitStake;
    private readonly double[] _wealth = new double[Stakes.Length];

    /// <param name="direction">What to look out for.</param>
    /// <param name="threshold">m0, 0 to 1.</param>
    /// <param name="probabilityMin">pMin, in (0, 1]: no answer is drawn with less.</param>
    public EDetector(EDirection direction, double threshold, double probabilityMin)
    {
        Invariant.Require(threshold is >= 0 and <= 1);
        Direction = direction;
        Threshold = threshold;
        _threshold = direction == EDirection.Below ? threshold : 1 - threshold;
        Expect(probabilityMin);
    }

    public EDirection Direction { get; }

    /// <summary>m0.</summary>
    public double Threshold { get; }

    /// <summary>pMin.</summary>
    public double ProbabilityMin { get; private set; }

    /// <summary>A of the newest answer; 0 before the first.</summary>
    public double Alarm { get; private set; }

    /// <summary>M: the accumulated evidence against the null hypothesis.</summary>
    public double Evidence => Share * Alarm;

    /// <summary>M/A.</summary>
    public double Share { get; private set; }

    /// <summary>Whether M has reached A. The owner resets.</summary>
    public bool Speaks => Share >= 1;

    /// <summary>
    /// Changes pMin for the answers to come. What was won stays: a stake may be chosen anew before every answer, as long as
    /// it follows from the past alone.
    /// </summary>
    public void Expect(double probabilityMin)
    {
        Invariant.Require(probabilityMin is > 0 and <= 1);
        ProbabilityMin = probabilityMin;
        _lambdaOfUnitStake = probabilityMin / Math.Max(1 - _threshold, GapMin);
    }

    /// <summary>Takes one judged answer in.</summary>
    /// <param name="score">X, 0 to 1.</param>
    /// <param name="probability">p, in [pMin, 1].</param>
    /// <param name="alarm">A, at least 1, chosen before the score was known.</param>
    public void Observe(double score, double probability, double alarm)
    {
        Invariant.Require(score is >= 0 and <= 1);
        Invariant.Require(probability >= ProbabilityMin && probability <= 1);
        Invariant.Require(alarm >= 1);
        double x = Direction == EDirection.Below ? score : 1 - score;
        double gain = _lambdaOfUnitStake * (_threshold - x) / probability;
        double start = 1 / alarm;
        double sum = 0;
        for (int i = 0; i < Stakes.Length; i++)
        {
            double wealth = (1 + (Stakes[i] * gain)) * (_wealth[i] + start);
            _wealth[i] = Math.Min(wealth, WealthMax);
            sum += _wealth[i];
        }

        Share = sum / Stakes.Length;
        Alarm = alarm;
    }

    /// <summary>Forgets all evidence, as after an alarm.</summary>
    public void Reset()
    {
        Array.Clear(_wealth);
        Share = 0;
    }

    public EDetectorState Save() => new([.. _wealth], Alarm);

    /// <summary>Continues where <see cref="Save"/> was called on a detector of the same parameters.</summary>
    public void Restore(EDetectorState state)
    {
        Invariant.Require(state.Wealth.Length == Stakes.Length);
        state.Wealth.CopyTo(_wealth, 0);
        double sum = 0;
        foreach (double wealth in _wealth)
        {
            sum += wealth;
        }

        Share = sum / Stakes.Length;
        Alarm = state.Alarm;
    }
}
