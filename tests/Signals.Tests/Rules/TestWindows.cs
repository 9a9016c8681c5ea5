using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Rules;

/// <summary>A reader over plain sorted lists: what the windows promise, without their cleverness.</summary>
internal sealed class TestWindows(int intervalSeconds = 10) : ISeriesReader
{
    public static readonly Timestamp Start = Timestamp.Parse("2026-06-01T12:00:00Z");

    private readonly List<SeriesKey> _series = [];
    private readonly List<SortedList<long, double>> _values = [];

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(intervalSeconds);

    public IReadOnlyList<SeriesKey> Series => _series;

    public int Find(SeriesKey series) => _series.IndexOf(series);

    /// <summary>Sets one bucket: the one that starts so many seconds after <see cref="Start"/>.</summary>
    public TestWindows Set(EntityId entity, string metric, int atSecond, double value, LabelSet? labels = null)
    {
        SeriesKey key = new(entity, MetricCatalogue.Default.Resolve(metric).Metric, labels ?? LabelSet.Empty);
        int column = Find(key);
        if (column < 0)
        {
            column = _series.Count;
            _series.Add(key);
            _values.Add([]);
        }

        _values[column][(Start + TimeSpan.FromSeconds(atSecond)).UnixMs] = value;
        return this;
    }

    /// <summary>Sets every bucket of [from, to) to a function of its second; null leaves it empty.</summary>
    public TestWindows Fill(EntityId entity, string metric, int from, int to, Func<int, double?> value)
    {
        int step = (int)Interval.TotalSeconds;
        for (int second = from; second < to; second += step)
        {
            if (value(second) is { } known)
            {
                Set(entity, metric, second, known);
            }
        }

        return this;
    }

    public TestWindows Fill(EntityId entity, string metric, int from, int to, double value) => Fill(entity, metric, from, to, _ => value);

    public WindowAggregate Aggregate(int column, Timestamp from, Timestamp to)
    {
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, last = 0;
        long lastTime = 0;
        int count = 0;
        foreach ((long time, double value) in _values[column])
        {
            if (time < from.UnixMs || time > to.UnixMs)
            {
                continue;
            }

            (sum, min, max, last, lastTime) = (sum + value, Math.Min(min, value), Math.Max(max, value), value, time);
            count++;
        }

        return new WindowAggregate(count, sum, min, max, last, new Timestamp(lastTime));
    }

    public int Copy(int column, Timestamp from, Timestamp to, Span<long> timesUnixMs, Span<double> values)
    {
        KeyValuePair<long, double>[] found = [.. _values[column].Where(p => p.Key >= from.UnixMs && p.Key <= to.UnixMs).TakeLast(Math.Min(timesUnixMs.Length, values.Length))];
        for (int i = 0; i < found.Length; i++)
        {
            (timesUnixMs[i], values[i]) = (found[i].Key, found[i].Value);
        }

        return found.Length;
    }
}
