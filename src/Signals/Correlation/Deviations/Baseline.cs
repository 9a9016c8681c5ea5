using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Deviations;

/// <summary>
/// What a stretch of a series says is normal, and how far single buckets lie from it. Levels are judged by
/// <see cref="Reference"/>, counts of bad things by a Gamma-Poisson tail, success rates by the smaller of the level and a
/// Beta-binomial tail, so that one failure among three calls is not an outage.
/// </summary>
internal sealed class Baseline
{
    /// <summary>The prior over siblings, or the general one, is worth this many buckets or requests.</summary>
    private const double PriorWeight = 1.0;

    private readonly double _first;
    private readonly double _second;
    private readonly double _dispersion;
    private readonly bool _counts;
    private readonly bool _rate;

    private Baseline(Reference level, bool counts, bool rate, double first, double second, double dispersion)
    {
        Level = level;
        _counts = counts;
        _rate = rate;
        _first = first;
        _second = second;
        _dispersion = dispersion;
    }

    public Reference Level { get; }

    /// <summary>Sums up the points [<paramref name="from"/>, <paramref name="to"/>) of a series.</summary>
    /// <param name="view">The series.</param>
    /// <param name="from">First point of the stretch.</param>
    /// <param name="to">The point after its last.</param>
    /// <param name="scratch">At least as long as the stretch; overwritten.</param>
    /// <param name="siblingRate">For counts: what siblings count per bucket in their reference.</param>
    public static Baseline Of(SeriesView view, int from, int to, double[] scratch, double siblingRate)
    {
        Reference level = Reference.Of(view.Y.AsSpan(from, to - from), scratch, view.Scale);
        if (IsCountOfBadThings(view.Definition))
        {
            (double sum, double dispersion) = SumAndDispersion(view.Values.AsSpan(from, to - from));
            return new Baseline(level, true, false, 0.5 + PriorWeight * siblingRate / dispersion + sum / dispersion, PriorWeight + (to - from), dispersion);
        }

        if (view.Requests is null)
        {
            return new Baseline(level, false, false, 0, 0, 1);
        }

        double bad = 0.5;
        double good = 0.5;
        double whole = view.Whole;
        for (int i = from; i < to; i++)
        {
            double requests = view.RequestsAt(i);
            double failed = requests * Math.Clamp(1 - view.Values[i] / whole, 0, 1);
            bad += failed;
            good += requests - failed;
        }

        return new Baseline(level, false, true, bad, good, 1);
    }

    /// <summary>A baseline that is a level alone.</summary>
    public static Baseline OfLevel(Reference level) => new(level, false, false, 0, 0, 1);

    public static bool IsCountOfBadThings(MetricDefinition definition) =>
        definition.Kind == MetricKind.Counter && definition.Unit == MetricUnit.Count && definition.Direction == MetricDirection.HigherIsWorse;

    /// <summary>Signed deviation of a point, on the normal scale, limited to <paramref name="maxZ"/>.</summary>
    public double Z(SeriesView view, int i, double maxZ)
    {
        if (_counts)
        {
            return Level.Count == 0 ? 0 : Tails.ToZ(Tails.GammaPoisson(view.Values[i] / _dispersion, 1, _first, _second));
        }

        return Math.Clamp(LimitByRate(view, i, Level.Z(view.Y[i])), -maxZ, maxZ);
    }

    /// <summary>The same around the base of another stretch, given on the scale.</summary>
    public double ZAround(SeriesView view, int i, double baseY, int baseCount, double maxZ) =>
        Math.Clamp(LimitByRate(view, i, Level.ZAround(view.Y[i], baseY, baseCount)), -maxZ, maxZ);

    private double LimitByRate(SeriesView view, int i, double z)
    {
        double requests = _rate && z < -1 ? view.RequestsAt(i) : 0;
        if (requests <= 0)
        {
            return z;
        }

        double failed = requests * Math.Clamp(1 - view.Values[i] / view.Whole, 0, 1);
        return Math.Max(z, -Tails.ToZ(Tails.BetaBinomial(failed, requests, _first, _second)));
    }

    private static (double Sum, double Dispersion) SumAndDispersion(ReadOnlySpan<double> values)
    {
        double sum = 0;
        double squares = 0;
        foreach (double value in values)
        {
            sum += value;
            squares += value * value;
        }

        double mean = values.Length == 0 ? 0 : sum / values.Length;
        double variance = values.Length < 2 ? 0 : Math.Max(0, squares / values.Length - mean * mean);
        return (sum, mean > 0 ? Math.Max(1, variance / mean) : 1);
    }
}
