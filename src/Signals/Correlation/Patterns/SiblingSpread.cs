using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Correlation.Facts;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>How far one of several like series lies from the median of the others, before the incident and in it.</summary>
/// <param name="Fact">The one that moved away.</param>
/// <param name="Before">Its median distance before, on the metric's scale, signed.</param>
/// <param name="After">Its mean distance in the incident.</param>
/// <param name="Z">How unusual that is against its own distances before.</param>
/// <param name="Onset">First bucket of the incident in which it stood apart.</param>
/// <param name="AverageMove">How far the average of all moved, on the scale: what a dashboard of averages shows.</param>
internal sealed record SiblingSpread(SeriesFact Fact, double Before, double After, double Z, OnsetInterval Onset, double AverageMove)
{
    private const int MinBuckets = 4;
    private const double ApartZ = 3;

    public double Change => After - Before;

    /// <summary>
    /// The sibling whose distance changed most, of all or of those that left their own normal; null with fewer than two, or
    /// when none stands apart.
    /// </summary>
    public static SiblingSpread? Of(IReadOnlyList<SeriesFact> siblings, Timestamp from, bool onlyMoved = false)
    {
        if (siblings.Count < 2)
        {
            return null;
        }

        SiblingSpread? best = null;
        foreach (SeriesFact one in siblings)
        {
            SiblingSpread? spread = onlyMoved && !one.Moved ? null : Of(one, siblings, from);
            if (spread is not null && (best is null || Math.Abs(spread.Change) > Math.Abs(best.Change) + 1e-9))
            {
                best = spread;
            }
        }

        return best;
    }

    private static SiblingSpread? Of(SeriesFact one, IReadOnlyList<SeriesFact> siblings, Timestamp from)
    {
        SeriesView view = one.View;
        int windowFrom = view.From(from.UnixMs);
        int to = one.To;
        int n = to;
        if (windowFrom < MinBuckets || to - windowFrom < MinBuckets)
        {
            return null;
        }

        double[] distance = new double[n];
        double[] average = new double[n];
        double[] others = new double[siblings.Count - 1];
        for (int i = 0; i < n; i++)
        {
            (distance[i], average[i]) = DistanceAt(one, siblings, i, others);
        }

        double[] scratch = new double[n];
        Reference normal = Reference.Of(distance.AsSpan(0, windowFrom), scratch, view.Scale);
        int first = -1;
        double sum = 0;
        int apart = 0;
        for (int i = windowFrom; i < n; i++)
        {
            double z = normal.Z(distance[i]);
            if (Math.Abs(z) >= ApartZ)
            {
                first = first < 0 ? i : first;
                sum += distance[i];
                apart++;
            }
        }

        if (apart < MinBuckets)
        {
            return null;
        }

        first = FollowBack(distance, normal, first);
        double after = sum / apart;
        double averageBefore = Reference.Of(average.AsSpan(0, windowFrom), scratch, view.Scale).Median;
        double averageAfter = average.AsSpan(windowFrom, n - windowFrom).ToArray().Average();
        long begin = view.Times[first] + view.IntervalMs;
        OnsetInterval onset = new(new Timestamp(begin - view.IntervalMs), new Timestamp(begin));
        return new SiblingSpread(one, normal.Median, after, normal.Z(after), onset, averageAfter - averageBefore);
    }

    private static int FollowBack(double[] distance, Reference normal, int first)
    {
        for (int gap = 0, i = first - 1; i >= 0 && gap <= 2; i--)
        {
            bool apart = Math.Abs(normal.Z(distance[i])) >= ApartZ;
            gap = apart ? 0 : gap + 1;
            first = apart ? i : first;
        }

        return first;
    }

    private static (double Distance, double Average) DistanceAt(SeriesFact one, IReadOnlyList<SeriesFact> siblings, int i, double[] others)
    {
        double own = one.View.Y[i];
        double sum = own;
        int n = 0;
        foreach (SeriesFact sibling in siblings)
        {
            if (sibling == one)
            {
                continue;
            }

            SeriesView view = sibling.View;
            int at = i < view.Count && view.Times[i] == one.View.Times[i] ? i : view.At(one.View.Times[i], view.IntervalMs);
            if (at >= 0)
            {
                others[n++] = view.Y[at];
                sum += view.Y[at];
            }
        }

        if (n == 0)
        {
            return (0, own);
        }

        Array.Sort(others, 0, n);
        return (own - Reference.Quantile(others.AsSpan(0, n), 0.5), sum / (n + 1));
    }
}
