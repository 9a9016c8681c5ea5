using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Rules;

/// <summary>One full series in an array: reads without allocation, for measuring what the rules themselves cost.</summary>
internal sealed class ArrayWindows(EntityId entity, string metric, int count, Func<int, double> value) : ISeriesReader
{
    private readonly double[] _values = [.. Enumerable.Range(0, count).Select(value)];

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    public IReadOnlyList<SeriesKey> Series { get; } = [new SeriesKey(entity, MetricName.Of(metric))];

    public int Find(SeriesKey series) => Series[0].Equals(series) ? 0 : -1;

    public WindowAggregate Aggregate(int column, Timestamp from, Timestamp to)
    {
        int first = Row(from), last = Row(to);
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        for (int i = first; i <= last; i++)
        {
            double v = _values[i];
            sum += v;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }

        return new WindowAggregate(last - first + 1, sum, min, max, _values[last], to);
    }

    public int Copy(int column, Timestamp from, Timestamp to, Span<long> timesUnixMs, Span<double> values)
    {
        int first = Row(from), last = Row(to);
        for (int i = first; i <= last; i++)
        {
            timesUnixMs[i - first] = TestWindows.Start.UnixMs + (i * 10_000L);
            values[i - first] = _values[i];
        }

        return last - first + 1;
    }

    private static int Row(Timestamp time) => (int)((time.UnixMs - TestWindows.Start.UnixMs) / 10_000);
}
