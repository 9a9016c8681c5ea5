using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>Finds when a series left its normal, around a time.</summary>
/// <remarks>
/// The normal is taken from what lies before the search window. When the abnormal stretch reaches the window's start it is
/// followed further back, and the normal is taken again from what lies before it. An incident that fills so much of the
/// history that nothing stands out any more is found by the largest standardised cumulative sum (Page 1955; the classic
/// test for one change point).
/// </remarks>
internal sealed class OnsetFinder
{
    private const int MinReference = 6;
    private const int MinChanged = 4;
    private const int MaxRounds = 4;
    private const int GapAllowed = 2;
    private const double LoneSpikeZ = 6;
    private const double LoneBucketZ = 4;

    /// <summary>An older, smaller run is not the begin of what followed.</summary>
    private const double OnsetShareOfPeak = 0.5;
    private const double LoneBucketFromMs = 240_000;

    private readonly CorrelatorOptions _options;
    private readonly double[] _scratch;

    public OnsetFinder(CorrelatorOptions options, double[] scratch)
    {
        _options = options;
        _scratch = scratch;
    }

    /// <summary>Looks at the points of [<paramref name="fromMs"/>, <paramref name="toMs"/>].</summary>
    /// <returns>Null when nothing there is abnormal, or there is no history.</returns>
    public Onset? Find(SeriesView view, long fromMs, long toMs, double siblingRate)
    {
        int to = view.From(toMs + 1);
        int start = Math.Max(0, view.From(fromMs));
        if (view.Definition.Unit == MetricUnit.Score)
        {
            return ScoreOnset.Find(view, start, to, _options.MaxZ);
        }

        start = start >= MinReference ? start : Math.Min(MinReference, to / 2);
        Onset? found = null;
        int end = start;
        for (int round = 0; round < MaxRounds && end >= 2; round++)
        {
            Baseline normal = Normal(view, end, siblingRate);
            found = Scan(view, end, to, normal);
            if (found is null || found.First > end)
            {
                break;
            }

            int back = FollowBack(view, found, normal);
            if (back == end || back < MinReference)
            {
                break;
            }

            end = back;
        }

        return found ?? ChangePoint(view, start, to, siblingRate);
    }

    /// <summary>The normal of the points before an index.</summary>
    public Baseline Normal(SeriesView view, int end, double siblingRate) => view.Definition.Unit == MetricUnit.Score
        ? ScoreOnset.Normal(view, end)
        : Baseline.Of(view, Math.Max(0, end - _options.MaxReferencePoints), end, _scratch, siblingRate);

    private Onset? Scan(SeriesView view, int from, int to, Baseline normal)
    {
        Onset? up = Scan(view, from, to, normal, 1);
        Onset? down = Scan(view, from, to, normal, -1);
        if (up is null || down is null)
        {
            return up ?? down;
        }

        double upWeight = view.Definition.Direction == MetricDirection.LowerIsWorse ? 0.5 : 1;
        double downWeight = view.Definition.Direction == MetricDirection.HigherIsWorse ? 0.5 : 1;
        return up.Peak * upWeight >= down.Peak * downWeight ? up : down;
    }

    private Onset? Scan(SeriesView view, int from, int to, Baseline normal, int sign)
    {
        List<(int First, double Peak)> runs = [];
        double peak = 0;
        int last = -1;
        int length = 0;
        for (int i = from; i < to; i++)
        {
            double z = sign * normal.Z(view, i, _options.MaxZ);
            if (z < _options.AbnormalZ)
            {
                continue;
            }

            bool continues = last >= 0 && i - last <= GapAllowed + 1;
            length = continues ? length + 1 : 1;
            last = i;
            if (!continues)
            {
                runs.Add((i, 0));
            }

            // A run of one point is a spike: it counts alone only when it is large, or stands for a long bucket.
            bool counts = length >= 2 || z >= (view.IntervalMs >= LoneBucketFromMs ? LoneBucketZ : LoneSpikeZ);
            runs[^1] = (runs[^1].First, counts ? Math.Max(runs[^1].Peak, z) : runs[^1].Peak);
            peak = Math.Max(peak, runs[^1].Peak);
        }

        foreach ((int first, double own) in runs)
        {
            if (own >= _options.AbnormalZ && own >= OnsetShareOfPeak * peak)
            {
                return new Onset(first, sign, peak, normal);
            }
        }

        return null;
    }

    private int FollowBack(SeriesView view, Onset onset, Baseline normal)
    {
        int first = onset.First;
        int gap = 0;
        for (int i = first - 1; i >= 0 && gap <= GapAllowed; i--)
        {
            bool abnormal = onset.Sign * normal.Z(view, i, _options.MaxZ) >= _options.AbnormalZ;
            gap = abnormal ? 0 : gap + 1;
            first = abnormal ? i : first;
        }

        return first;
    }

    private Onset? ChangePoint(SeriesView view, int windowStart, int to, double siblingRate)
    {
        int split = LargestCumulativeSum(view.Y.AsSpan(0, to));
        if (split < MinReference || to - split < MinChanged)
        {
            return null;
        }

        Baseline normal = Normal(view, split, siblingRate);
        int late = Math.Max(split, Math.Min(windowStart, to - MinChanged));
        double z = MedianZ(view, late, to, normal);
        if (Math.Abs(z) < _options.AbnormalZ)
        {
            return null;
        }

        int sign = Math.Sign(z);
        int first = split;
        while (first < to && sign * normal.Z(view, first, _options.MaxZ) < _options.AbnormalZ)
        {
            first++;
        }

        return first == to ? null : new Onset(first, sign, Math.Min(Math.Abs(z), _options.MaxZ), normal);
    }

    private double MedianZ(SeriesView view, int from, int to, Baseline normal)
    {
        Span<double> deviations = _scratch.AsSpan(0, to - from);
        for (int i = from; i < to; i++)
        {
            deviations[i - from] = normal.Z(view, i, _options.MaxZ);
        }

        deviations.Sort();
        return Reference.Quantile(deviations, 0.5);
    }

    /// <summary>The split of a series at which the cumulative sum, standardised, is largest; 0: it has none.</summary>
    internal static int LargestCumulativeSum(ReadOnlySpan<double> y)
    {
        double mean = 0;
        foreach (double value in y)
        {
            mean += value / y.Length;
        }

        double sum = 0;
        double best = 0;
        int split = 0;
        for (int i = 0; i < y.Length - 1; i++)
        {
            sum += y[i] - mean;
            double left = i + 1;
            double standardised = sum * sum / (left * (y.Length - left));
            if (standardised > best)
            {
                best = standardised;
                split = i + 1;
            }
        }

        return split;
    }
}
