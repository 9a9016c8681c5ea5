namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>Whether two series have moved together before, again and again, and which was first.</summary>
/// <remarks>
/// Both sides are whitened by their own first-order autoregression, else two slow series correlate by accident (Box and
/// Jenkins; Yule 1926). Of the correlogram the largest |r| within <see cref="ReachMs"/> is compared with the |r| beyond it,
/// which show what chance gives on these very series; the false discovery rate over the candidates is held by Benjamini
/// and Hochberg (1995). It is evidence of recurrent co-movement, and never of who caused one single step.
/// </remarks>
internal static class LeadLag
{
    public const int MaxCandidates = 16;
    public const long ReachMs = 600_000;
    private const double FalseDiscoveries = 0.05;
    private const int MinPoints = 60;
    private const int MaxLag = 240;

    /// <summary>One candidate's result.</summary>
    /// <param name="Correlation">The largest |r| within reach, signed.</param>
    /// <param name="LeadMs">Positive: the candidate moves before the target.</param>
    /// <param name="Probability">How often chance gives as much.</param>
    public readonly record struct Result(double Correlation, long LeadMs, double Probability);

    /// <summary>
    /// Correlates at most <see cref="MaxCandidates"/> candidates with the target; null where nothing can be said or the finding
    /// may be chance.
    /// </summary>
    /// <param name="target">The target's buckets, without gaps, on the metric's scale.</param>
    /// <param name="candidates">As long, aligned with the target; null: it has no such series.</param>
    /// <param name="intervalMs">Length of a bucket.</param>
    public static Result?[] Of(double[] target, IReadOnlyList<double[]?> candidates, long intervalMs)
    {
        Result?[] results = new Result?[candidates.Count];
        double[] white = Whiten(target);
        int reach = (int)Math.Clamp(ReachMs / intervalMs, 1, MaxLag / 2);
        for (int c = 0; c < Math.Min(candidates.Count, MaxCandidates); c++)
        {
            if (candidates[c] is { } candidate && candidate.Length == target.Length && target.Length >= MinPoints)
            {
                results[c] = Correlate(white, Whiten(candidate), reach, intervalMs);
            }
        }

        KeepDiscoveries(results);
        return results;
    }

    /// <summary>What a first-order autoregression leaves, with mean 0 and variance 1.</summary>
    internal static double[] Whiten(double[] x)
    {
        double mean = x.Average();
        double own = 0;
        double next = 0;
        for (int i = 0; i < x.Length; i++)
        {
            own += (x[i] - mean) * (x[i] - mean);
            next += i == 0 ? 0 : (x[i] - mean) * (x[i - 1] - mean);
        }

        double phi = own > 0 ? Math.Clamp(next / own, -0.99, 0.99) : 0;
        double[] white = new double[x.Length];
        double variance = 0;
        for (int i = 1; i < x.Length; i++)
        {
            white[i] = x[i] - mean - phi * (x[i - 1] - mean);
            variance += white[i] * white[i] / x.Length;
        }

        double deviation = Math.Sqrt(variance);
        for (int i = 0; i < white.Length && deviation > 0; i++)
        {
            white[i] /= deviation;
        }

        return white;
    }

    private static Result? Correlate(double[] target, double[] candidate, int reach, long intervalMs)
    {
        int n = target.Length;
        int widest = Math.Min(Math.Min(MaxLag, n / 3), 4 * reach);
        if (widest <= reach)
        {
            return null;
        }

        double best = 0;
        int lag = 0;
        int outside = 0;
        double squares = 0;
        for (int k = -widest; k <= widest; k++)
        {
            double sum = 0;
            int from = Math.Max(0, k);
            int to = Math.Min(n, n + k);
            for (int i = from; i < to; i++)
            {
                sum += target[i] * candidate[i - k];
            }

            double r = sum / n;
            if (Math.Abs(k) > reach)
            {
                outside++;
                squares += r * r;
            }
            else if (Math.Abs(r) > Math.Abs(best))
            {
                best = r;
                lag = k;
            }
        }

        double chance = Math.Max(Math.Sqrt(squares / outside), 1 / Math.Sqrt(n));
        // The best of 2 reach + 1 lags has that many chances.
        double tail = Erfc(Math.Abs(best) / chance / Math.Sqrt(2));
        return new Result(best, lag * intervalMs, Math.Min(1, tail * (2 * reach + 1)));
    }

    private static void KeepDiscoveries(Result?[] results)
    {
        int[] order = [.. Enumerable.Range(0, results.Length).Where(i => results[i] is not null).OrderBy(i => results[i]!.Value.Probability).ThenBy(i => i)];
        int kept = 0;
        for (int rank = 1; rank <= order.Length; rank++)
        {
            if (results[order[rank - 1]]!.Value.Probability <= FalseDiscoveries * rank / order.Length)
            {
                kept = rank;
            }
        }

        for (int rank = kept; rank < order.Length; rank++)
        {
            results[order[rank]] = null;
        }
    }

    /// <summary>Complementary error function, Abramowitz and Stegun 7.1.26 in the form of Numerical Recipes erfcc (relative error below 1.2e-7).</summary>
    private static double Erfc(double x)
    {
        double t = 1 / (1 + 0.5 * x);
        return t * Math.Exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
            + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
    }
}
