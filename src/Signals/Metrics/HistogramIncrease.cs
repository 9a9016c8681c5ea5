using System.Globalization;

namespace Grainwatch.Signals.Metrics;

/// <summary>What came into a classic histogram between two instants.</summary>
/// <param name="Time">The later instant.</param>
/// <param name="UpperBounds">Strictly rising; the last is +Inf.</param>
/// <param name="CumulativeCounts">How many observations were at most each bound; never falling.</param>
public sealed record HistogramIncrease(Timestamp Time, double[] UpperBounds, double[] CumulativeCounts)
{
    public double Count => CumulativeCounts[^1];

    /// <summary>
    /// The quantile by linear interpolation inside the bucket that holds its rank, as Prometheus'
    /// <c>histogram_quantile</c>: the first bucket starts at 0 where its bound is positive, and the answer in the last
    /// bucket is the greatest finite bound.
    /// </summary>
    /// <param name="quantile">0 to 1.</param>
    /// <returns>NaN when there is no observation, or no finite bound.</returns>
    public double Quantile(double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(quantile is >= 0 and <= 1, true, nameof(quantile));
        if (UpperBounds.Length < 2 || !(Count > 0))
        {
            return double.NaN;
        }

        double rank = quantile * Count;
        int bucket = 0;
        while (bucket < UpperBounds.Length - 1 && CumulativeCounts[bucket] < rank)
        {
            bucket++;
        }

        if (bucket == UpperBounds.Length - 1)
        {
            return UpperBounds[^2];
        }

        if (bucket == 0 && UpperBounds[0] <= 0)
        {
            return UpperBounds[0];
        }

        double start = bucket == 0 ? 0 : UpperBounds[bucket - 1];
        double before = bucket == 0 ? 0 : CumulativeCounts[bucket - 1];
        double inside = CumulativeCounts[bucket] - before;
        return inside > 0 ? start + ((UpperBounds[bucket] - start) * ((rank - before) / inside)) : start;
    }

    /// <summary>The share of observations that were at most a bound, by the same interpolation; NaN when there is none.</summary>
    public double ShareAtMost(double bound)
    {
        if (!(Count > 0))
        {
            return double.NaN;
        }

        int bucket = 0;
        while (UpperBounds[bucket] < bound)
        {
            bucket++;
        }

        double before = bucket == 0 ? 0 : CumulativeCounts[bucket - 1];
        double start = bucket == 0 ? Math.Min(0, UpperBounds[0]) : UpperBounds[bucket - 1];
        double width = UpperBounds[bucket] - start;
        double inside = !double.IsFinite(width) || width <= 0 ? (bound >= UpperBounds[bucket] ? 1 : 0) : Math.Clamp((bound - start) / width, 0, 1);
        return (before + ((CumulativeCounts[bucket] - before) * inside)) / Count;
    }

    /// <summary>Reads the value of an <c>le</c> label; <c>+Inf</c> is the last bound.</summary>
    public static bool TryParseBound(string text, out double bound)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is "+Inf" or "Inf" or "+inf" or "inf")
        {
            bound = double.PositiveInfinity;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out bound) && double.IsFinite(bound);
    }
}
