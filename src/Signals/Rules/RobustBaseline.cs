using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary>What is usual for a series: median and median absolute deviation of its past hour, its last five minutes left out.</summary>
/// <remarks>
/// z = (median of the last minute - median of the past) / max(1.4826 MAD, 1 % of the median). The past must reach back
/// 30 min and hold 20 points. It is read again once a minute of event time, except while the value is far off
/// (|z| &gt; 4): then it stays as it was, for at most six hours, so that an incident does not become its own normal.
/// The anomaly score is another thing: that of <c>detect</c>, see <see cref="AnomalyScores"/>.
/// </remarks>
public sealed class RobustBaseline(ISeriesReader reader) : IBaselineReader
{
    private const double MadToSigma = 1.4826;
    private const double FloorShare = 0.01;
    private const double TinyFloor = 1e-9;
    private const double FrozenBeyond = 4.0;
    private const int LeastPoints = 20;
    private static readonly TimeSpan Past = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeftOut = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastPast = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Present = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromHours(6);

    private readonly AnomalyScores _anomalies = new(reader);
    private readonly Dictionary<int, Reference> _references = [];
    private readonly int _size = (int)Math.Min(Past / reader.Interval + 1, 100_000);

    public double? RobustZ(int column, Timestamp now)
    {
        if (PresentMedian(column, now) is not { } present)
        {
            return null;
        }

        Reference? reference = ReferenceAt(column, now, present);
        return reference is null ? null : (present - reference.Median) / reference.Spread;
    }

    public double? Usual(int column, Timestamp now) =>
        PresentMedian(column, now) is { } present ? ReferenceAt(column, now, present)?.Median : null;

    public double? AnomalyScore(int column, Timestamp now) => _anomalies.Of(column, now);

    private double? PresentMedian(int column, Timestamp now)
    {
        TimeSpan length = Present > reader.Interval ? Present : reader.Interval;
        int count = Read(column, now - length, now - reader.Interval, out _, out Span<double> values);
        if (count == 0)
        {
            // A source that sends once a minute has its newest point a little further back.
            Timestamp from = now - Conditions.WindowLength.StaleAfterOf(reader.Interval);
            count = Read(column, from, now - reader.Interval, out _, out values, newestOnly: true);
        }

        return count == 0 ? null : Order.Median(values);
    }

    private Reference? ReferenceAt(int column, Timestamp now, double present)
    {
        _references.TryGetValue(column, out Reference? reference);
        if (reference is not null)
        {
            TimeSpan age = now - reference.ReadAt;
            bool isFar = Math.Abs(present - reference.Median) > FrozenBeyond * reference.Spread;
            if (age >= TimeSpan.Zero && (age < Refresh || (isFar && age < LongestFreeze)))
            {
                return reference;
            }
        }

        int count = Read(column, now - Past, now - LeftOut - reader.Interval, out Span<long> times, out Span<double> values);
        if (count < LeastPoints || now - new Timestamp(times[0]) < LeastPast)
        {
            return reference is not null && now - reference.ReadAt < LongestFreeze && now >= reference.ReadAt ? reference : null;
        }

        double median = Order.Median(values);
        for (int i = 0; i < count; i++)
        {
            values[i] = Math.Abs(values[i] - median);
        }

        double spread = Math.Max(MadToSigma * Order.Median(values), Math.Max(FloorShare * Math.Abs(median), TinyFloor));
        if (!double.IsFinite(median) || !double.IsFinite(spread))
        {
            return null;
        }

        reference = new Reference(median, spread, now);
        _references[column] = reference;
        return reference;
    }

    private int Read(int column, Timestamp from, Timestamp to, out Span<long> times, out Span<double> values, bool newestOnly = false)
    {
        WindowBuffers.Take(newestOnly ? 1 : _size, out times, out values);
        int count = to < from ? 0 : reader.Copy(column, from, to, times, values);
        times = times[..count];
        values = values[..count];
        return count;
    }

    private sealed record Reference(double Median, double Spread, Timestamp ReadAt);
}
