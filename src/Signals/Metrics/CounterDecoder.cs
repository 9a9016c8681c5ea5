namespace Grainwatch.Signals.Metrics;

/// <summary>
/// Turns a running total into increases, as the core holds counters. One for each source series; two points of state.
/// </summary>
/// <remarks>
/// A total that falls was reset, and the new value is the increase since then: the rule of Prometheus' <c>increase</c>,
/// without its extrapolation. The first value gives no increase, for nobody knows since when it grew. Differences are
/// taken in double precision before anything is stored in single precision, so large totals lose nothing.
/// </remarks>
/// <param name="maxGap">
/// After a silence longer than this the next value is a baseline. Null: 5 minutes, the time after which Prometheus too
/// takes a series for stale.
/// </param>
public sealed partial class CounterDecoder(TimeSpan? maxGap = null)
{
    /// <summary>The default of the longest silence across which an increase is counted.</summary>
    public static readonly TimeSpan DefaultMaxGap = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _maxGap = maxGap ?? DefaultMaxGap;
    private Timestamp? _time;
    private double _total;
    private double? _before;

    /// <summary>Decodes one value.</summary>
    /// <param name="time">Event time of the value; the increase belongs to it.</param>
    /// <param name="total">The running total.</param>
    /// <param name="increase">0 unless the outcome is Increase, Reset or Corrected.</param>
    public CounterOutcome Decode(Timestamp time, double total, out double increase)
    {
        increase = 0;
        if (!double.IsFinite(total))
        {
            return CounterOutcome.NotFinite;
        }

        if (_time is not { } newest)
        {
            return Start(time, total, CounterOutcome.Baseline);
        }

        if (time < newest)
        {
            return CounterOutcome.OutOfOrder;
        }

        if (time == newest)
        {
            return Repeat(total, out increase);
        }

        if (time - newest > _maxGap)
        {
            return Start(time, total, CounterOutcome.BaselineAfterGap);
        }

        bool reset = total < _total;
        increase = Difference(_total, total);
        _before = _total;
        _total = total;
        _time = time;
        return reset ? CounterOutcome.Reset : CounterOutcome.Increase;
    }

    private static double Difference(double before, double now) => now < before ? now : now - before;

    private CounterOutcome Repeat(double total, out double increase)
    {
        increase = 0;
        if (total == _total)
        {
            return CounterOutcome.Duplicate;
        }

        _total = total;
        if (_before is not { } before)
        {
            return CounterOutcome.Baseline;
        }

        increase = Difference(before, total);
        return CounterOutcome.Corrected;
    }

    private CounterOutcome Start(Timestamp time, double total, CounterOutcome outcome)
    {
        _time = time;
        _total = total;
        _before = null;
        return outcome;
    }
}
