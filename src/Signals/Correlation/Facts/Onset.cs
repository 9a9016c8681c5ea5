using Grainwatch.Signals.Correlation.Deviations;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>Where a series left its normal.</summary>
/// <param name="First">Index of the first abnormal point.</param>
/// <param name="Sign">+1: it rose; -1: it fell.</param>
/// <param name="Peak">The largest deviation since, not signed.</param>
/// <param name="Normal">What was normal before.</param>
internal sealed record Onset(int First, int Sign, double Peak, Baseline Normal)
{
    /// <summary>Index of the last point of the excursion, where it is known; -1: it lasts.</summary>
    public int Last { get; init; } = -1;

    /// <summary>By how many buckets the onset is uncertain on both sides beyond its own bucket.</summary>
    public int Blur { get; init; }

    /// <summary>The interval in which it happened: the ends of the last normal and of the first abnormal bucket, widened by the skew.</summary>
    public OnsetInterval Interval(SeriesView view, TimeSpan skew)
    {
        long first = view.Times[First] + view.IntervalMs;
        long last = First > 0 ? view.Times[First - 1] + view.IntervalMs : first - view.IntervalMs;
        TimeSpan wide = skew + TimeSpan.FromMilliseconds(Blur * view.IntervalMs);
        return new OnsetInterval(new Timestamp(last) - wide, new Timestamp(first) + wide);
    }
}
