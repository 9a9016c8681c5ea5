namespace Grainwatch.Signals.Metrics;

/// <summary>
/// A classic histogram as one series: its cumulative buckets, which a source sends one by one, become increases of the
/// whole set, of which the newest are kept.
/// </summary>
/// <remarks>
/// The buckets of one instant are collected until the set is complete: at the first bucket of a later instant, or, on
/// request, as soon as it has as many bounds as the set before. All buckets are reset together, since they live in one
/// process. A count that is less than that of a lower bound was read while it grew; it is raised to it.
/// </remarks>
/// <param name="capacity">How many increases are kept. 60: ten minutes of 10-s points.</param>
/// <param name="maxGap">As of <see cref="CounterDecoder"/>.</param>
public sealed partial class HistogramSeries(int capacity = 60, TimeSpan? maxGap = null)
{
    /// <summary>The most bounds of one histogram.</summary>
    public const int MaxBounds = 256;

    private readonly TimeSpan _maxGap = maxGap ?? CounterDecoder.DefaultMaxGap;
    private readonly Queue<HistogramIncrease> _increases = new(capacity);
    private readonly SortedList<double, double> _collecting = [];
    private Timestamp? _collectingTime;
    private Timestamp? _completeTime;
    private double[] _bounds = [];
    private double[] _totals = [];

    /// <summary>The increases that are kept, oldest first.</summary>
    public IReadOnlyCollection<HistogramIncrease> Increases => _increases;

    /// <summary>Takes one bucket.</summary>
    /// <param name="time">Its event time.</param>
    /// <param name="upperBound">The value of <c>le</c>, see <see cref="HistogramIncrease.TryParseBound"/>.</param>
    /// <param name="total">The cumulative count since the source started.</param>
    /// <returns>What became of the set before when this bucket begins a new one, else Collected or why it is ignored.</returns>
    public HistogramOutcome Observe(Timestamp time, double upperBound, double total)
    {
        if (!double.IsFinite(total) || double.IsNaN(upperBound))
        {
            return HistogramOutcome.NotFinite;
        }

        if (time <= _completeTime || time < _collectingTime)
        {
            return HistogramOutcome.OutOfOrder;
        }

        HistogramOutcome outcome = HistogramOutcome.Collected;
        if (_collectingTime is { } collecting && time > collecting)
        {
            outcome = Complete(collecting);
        }

        if (_collecting.Count >= MaxBounds && !_collecting.ContainsKey(upperBound))
        {
            return HistogramOutcome.TooManyBounds;
        }

        _collectingTime = time;
        _collecting[upperBound] = total;
        return outcome;
    }

    /// <summary>
    /// Completes the set that is being collected when it has every bound of the set before; call it when a request or a
    /// row ends, so that an increase need not wait for the next instant.
    /// </summary>
    /// <returns>Collected when it has to wait.</returns>
    public HistogramOutcome TryComplete() =>
        _collectingTime is { } time && _bounds.Length > 0 && _collecting.Count >= _bounds.Length && HasInfinity
            ? Complete(time)
            : HistogramOutcome.Collected;

    /// <summary>The increases in (<paramref name="after"/>, <paramref name="to"/>] added up; null when there is none.</summary>
    /// <remarks>Only those that have the newest layout: counts of other bounds cannot be added.</remarks>
    public HistogramIncrease? Sum(Timestamp after, Timestamp to)
    {
        double[]? counts = null;
        HistogramIncrease? newest = null;
        foreach (HistogramIncrease increase in _increases.Reverse())
        {
            if (increase.Time > to || increase.Time <= after)
            {
                continue;
            }

            newest ??= increase;
            counts ??= new double[newest.UpperBounds.Length];
            if (!increase.UpperBounds.AsSpan().SequenceEqual(newest.UpperBounds))
            {
                break;
            }

            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += increase.CumulativeCounts[i];
            }
        }

        return newest is null ? null : newest with { CumulativeCounts = counts! };
    }

    private bool HasInfinity => _collecting.Count > 0 && double.IsPositiveInfinity(_collecting.GetKeyAtIndex(_collecting.Count - 1));

    private HistogramOutcome Complete(Timestamp time)
    {
        if (!HasInfinity)
        {
            _collecting.Clear();
            _collectingTime = null;
            return HistogramOutcome.Incomplete;
        }

        double[] totals = [.. _collecting.Values];
        for (int i = 1; i < totals.Length; i++)
        {
            totals[i] = Math.Max(totals[i], totals[i - 1]);
        }

        bool sameLayout = _collecting.Keys.SequenceEqual(_bounds);
        double[] bounds = sameLayout ? _bounds : [.. _collecting.Keys];
        HistogramOutcome outcome = _completeTime is not { } before || time - before > _maxGap ? HistogramOutcome.Baseline
            : !sameLayout ? HistogramOutcome.NewLayout
            : totals.Zip(_totals).Any(p => p.First < p.Second) ? HistogramOutcome.Reset
            : HistogramOutcome.Increase;
        if (outcome is HistogramOutcome.Increase or HistogramOutcome.Reset)
        {
            Keep(new HistogramIncrease(time, bounds, outcome == HistogramOutcome.Reset ? totals : Differences(totals)));
        }

        _bounds = bounds;
        _totals = totals;
        _completeTime = time;
        _collecting.Clear();
        _collectingTime = null;
        return outcome;
    }

    private double[] Differences(double[] totals)
    {
        double[] differences = new double[totals.Length];
        double floor = 0;
        for (int i = 0; i < totals.Length; i++)
        {
            floor = Math.Max(floor, totals[i] - _totals[i]);
            differences[i] = floor;
        }

        return differences;
    }

    private void Keep(HistogramIncrease increase)
    {
        if (_increases.Count == capacity)
        {
            _increases.Dequeue();
        }

        _increases.Enqueue(increase);
    }
}
