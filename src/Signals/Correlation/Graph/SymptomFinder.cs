using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Correlation.Graph;

/// <summary>Finds the buckets of the incident in the target's own series.</summary>
internal static class SymptomFinder
{
    /// <summary>The onset is the first bucket at least this share of the peak: an older, smaller shift is not its begin.</summary>
    private const double OnsetShareOfPeak = 0.5;

    /// <summary>Buckets after the onset belong to the incident from this deviation on.</summary>
    private const double MemberZ = 1.0;

    private const int LookBackIntervals = 2;
    private const int LookAheadIntervals = 3;

    /// <returns>Null when the symptom does not stand out around the time.</returns>
    public static TargetSymptom? Find(SeriesView view, SeriesView? requests, Timestamp at, OnsetFinder finder, CorrelatorOptions options)
    {
        long from = at.UnixMs - Math.Max((long)options.LookBack.TotalMilliseconds, LookBackIntervals * view.IntervalMs);
        long to = at.UnixMs + Math.Max((long)options.LookAhead.TotalMilliseconds, LookAheadIntervals * view.IntervalMs);
        Onset? strong = finder.Find(view, from, to, 0);
        int sign = SignOf(view.Definition.Direction, strong);
        int start = view.From(from);
        int end = view.From(to + 1);
        (int onset, int stir) = strong is { } s && s.Sign == sign && s.First < start
            ? (s.First, s.First)
            : FirstOfIncident(view, requests, sign, start, end, finder, options);
        if (onset < 0)
        {
            return null;
        }

        NodeSymptom symptom = new(view, requests, sign, view.Times[stir], finder, options);
        List<long> times = [];
        List<double> excess = [];
        double total = 0;
        double peak = 0;
        double longPeak = 0;
        for (int i = stir; i < end; i++)
        {
            double z = symptom.Z(i);
            double e = symptom.ExcessAt(i, 1);
            if (z >= MemberZ && e > 0)
            {
                times.Add(view.Times[i]);
                excess.Add(e);
                total += e;
                peak = Math.Max(peak, z);
                longPeak = Math.Max(longPeak, sign * symptom.Normal.Z(view, i, options.MaxZ));
            }
        }

        OnsetInterval interval = new Onset(onset, sign, peak, finder.Normal(view, onset, 0)).Interval(view, options.SettleSkew);
        bool standsOut = peak >= options.CandidateZ || (peak >= MemberZ && longPeak >= options.AbnormalZ);
        return total <= 0 || !standsOut ? null : new TargetSymptom(symptom, [.. times], [.. excess], total, peak, interval);
    }

    /// <summary>The symptom's direction: the bad one, or the one in which a neutral series moved.</summary>
    private static int SignOf(MetricDirection direction, Onset? onset) => direction switch
    {
        MetricDirection.HigherIsWorse => 1,
        MetricDirection.LowerIsWorse => -1,
        _ => onset?.Sign ?? 1,
    };

    /// <summary>The first bucket that stands out, and the first of the stirring ones that lead up to it, which are no normal to compare with.</summary>
    private static (int Onset, int Stir) FirstOfIncident(
        SeriesView view, SeriesView? requests, int sign, int start, int end, OnsetFinder finder, CorrelatorOptions options)
    {
        if (start >= end || start == 0)
        {
            return (-1, -1);
        }

        NodeSymptom early = new(view, requests, sign, view.Times[start], finder, options);
        double peak = 0;
        for (int i = start; i < end; i++)
        {
            peak = Math.Max(peak, early.LongZ(i, MemberZ));
        }

        double threshold = Math.Max(options.CandidateZ, OnsetShareOfPeak * peak);
        for (int i = start; i < end; i++)
        {
            if (early.LongZ(i, MemberZ) >= threshold)
            {
                int stir = i;
                while (stir > start && early.Z(stir - 1) >= MemberZ)
                {
                    stir--;
                }

                return (i, stir);
            }
        }

        return (-1, -1);
    }
}
