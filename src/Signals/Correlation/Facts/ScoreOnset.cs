using Grainwatch.Signals.Correlation.Deviations;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>Finds when scores changed. A bucket holds the mean of a few answers, so no single bucket is to be believed.</summary>
/// <remarks>
/// Page's cumulative sum (1954) on the standardised scores with allowance 1/2. Its limit follows from the reference itself:
/// Lundberg's exponent of the increments, which skewed and lumpy scores make small, sets it so that chance reaches it once
/// in some <see cref="BucketsPerAccident"/> buckets. The onset is the most likely change point before the crossing. When the
/// history holds an older change, it is cut there first.
/// </remarks>
internal static class ScoreOnset
{
    private const double Allowance = 0.5;
    private const double BucketsPerAccident = 50_000;
    private const double MinExponent = 0.4;
    private const double OldChangeZ = 6;
    private const int MinReference = 6;
    private const int MaxBlur = 12;
    private const double SharpShift = 4;

    public static Onset? Find(SeriesView view, int windowStart, int to, double maxZ)
    {
        int end = ReferenceEnd(view, windowStart, to);
        if (end < MinReference || end >= to)
        {
            return null;
        }

        (double mean, double deviation) = Moments(view.Y.AsSpan(0, end));
        double spread = Math.Max(deviation, view.Scale.Floor);
        Excursion down = Page(view.Y, end, to, mean, spread, -1);
        Excursion up = Page(view.Y, end, to, mean, spread, 1);
        bool fell = down.Height >= up.Height;
        Excursion found = fell ? down : up;
        if (found.Height < Limit(view.Y.AsSpan(0, end), mean, spread, fell ? -1 : 1) || found.Last < windowStart - 1)
        {
            return null;
        }

        int first = MostLikelyChange(view.Y, found, mean);
        (double after, _) = Moments(view.Y.AsSpan(first, found.Last - first + 1));
        int n = found.Last - first + 1;
        double z = Tails.StudentToZ((after - mean) / (spread * Math.Sqrt(1.0 / n + 1.0 / end)), end - 1);
        double shift = Math.Abs(after - mean) / spread;
        int blur = shift >= SharpShift ? 0 : (int)Math.Min(MaxBlur, Math.Ceiling(4 / (shift * shift)));
        Reference level = new(end, mean, spread, mean - 2.33 * spread, mean + 2.33 * spread);
        return new Onset(first, fell ? -1 : 1, Math.Min(Math.Abs(z), maxZ), Baseline.OfLevel(level)) { Last = found.Last, Blur = blur };
    }

    /// <summary>The change point that makes a step to the level after it most likely, for normal noise.</summary>
    private static int MostLikelyChange(double[] y, Excursion found, double mean)
    {
        int first = found.First;
        for (int round = 0; round < 2; round++)
        {
            (double after, _) = Moments(y.AsSpan(first, found.Last - first + 1));
            double middle = (after + mean) / 2;
            int sign = Math.Sign(after - mean);
            double sum = 0;
            double best = double.MinValue;
            for (int i = found.Last; i >= found.First; i--)
            {
                sum += sign * (y[i] - middle);
                if (sum >= best)
                {
                    best = sum;
                    first = i;
                }
            }
        }

        return first;
    }

    /// <summary>ln(N) over the positive root of E[exp(x (sign z - allowance))] = 1, found by bisection on the reference.</summary>
    private static double Limit(ReadOnlySpan<double> y, double mean, double spread, int sign)
    {
        double low = MinExponent;
        double high = 1;
        for (int step = 0; step < 12; step++)
        {
            double x = (low + high) / 2;
            double sum = 0;
            foreach (double value in y)
            {
                sum += Math.Exp(x * (sign * (value - mean) / spread - Allowance));
            }

            (low, high) = sum / y.Length < 1 ? (x, high) : (low, x);
        }

        return Math.Log(BucketsPerAccident) / low;
    }

    /// <summary>The normal of the scores before an index.</summary>
    public static Baseline Normal(SeriesView view, int end)
    {
        (double mean, double deviation) = Moments(view.Y.AsSpan(0, end));
        double spread = Math.Max(deviation, view.Scale.Floor);
        return Baseline.OfLevel(end == 0 ? Reference.None : new Reference(end, mean, spread, mean - 2.33 * spread, mean + 2.33 * spread));
    }

    private static int ReferenceEnd(SeriesView view, int windowStart, int to)
    {
        int end = windowStart >= MinReference ? windowStart : Math.Min(MinReference, to / 2);
        int split = OnsetFinder.LargestCumulativeSum(view.Y.AsSpan(0, to));
        if (split < MinReference || split >= end)
        {
            return end;
        }

        (double before, double left) = Moments(view.Y.AsSpan(0, split));
        (double after, double right) = Moments(view.Y.AsSpan(split, to - split));
        double spread = Math.Max(Math.Sqrt((left * left + right * right) / 2), view.Scale.Floor);
        double z = (after - before) / (spread * Math.Sqrt(1.0 / split + 1.0 / (to - split)));
        return Math.Abs(z) >= OldChangeZ ? split : end;
    }

    private static Excursion Page(double[] y, int from, int to, double mean, double spread, int sign)
    {
        Excursion best = new(0, from, from);
        double sum = 0;
        int first = from;
        for (int i = from; i < to; i++)
        {
            double next = Math.Max(0, sum + sign * (y[i] - mean) / spread - Allowance);
            first = sum == 0 ? i : first;
            sum = next;
            if (sum > best.Height)
            {
                best = new Excursion(sum, first, i);
            }
        }

        return best;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> y)
    {
        double mean = 0;
        foreach (double value in y)
        {
            mean += value / y.Length;
        }

        double squares = 0;
        foreach (double value in y)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, y.Length < 2 ? 0 : Math.Sqrt(squares / (y.Length - 1)));
    }

    private sealed record Excursion(double Height, int First, int Last);
}
