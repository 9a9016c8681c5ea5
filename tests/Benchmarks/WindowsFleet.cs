using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks;

/// <summary>
/// The same work for all window benchmarks: bounded random walks, quantised as such metrics arrive (integers, 0.1 %,
/// 3-decimal scores), in trees of 44 series: 12 of a component and 4 of each of 8 GPUs. Two trees are an endpoint.
/// </summary>
internal sealed class WindowsFleet
{
    public const int ColumnsPerTree = 44;
    public const long IntervalMs = 10_000;
    public const long StartMs = 1_700_000_000_000;

    private readonly Random _random = new(20260101);
    private readonly double[] _levels;
    private readonly MetricName[] _metrics = [.. Enumerable.Range(0, ColumnsPerTree).Select(c => MetricName.Of($"metric{c}"))];

    public WindowsFleet(int trees)
    {
        Trees = trees;
        _levels = new double[trees * ColumnsPerTree];
        Array.Fill(_levels, 500);
    }

    public int Trees { get; }

    public WindowBlock NewBlock(int tree)
    {
        WindowBlock block = new();
        EntityId component = EntityId.ForComponent($"endpoint{tree / 2}", $"component{tree % 2}");
        EntityId[] gpus = [.. Enumerable.Range(0, 8).Select(g => EntityId.ForGpu($"endpoint{tree / 2}", $"i-{tree % 2}", $"{g}"))];
        for (int column = 0; column < ColumnsPerTree; column++)
        {
            block.TryAdd(new SeriesKey(column < 12 ? component : gpus[(column - 12) / 4], _metrics[column]), BucketFold.Mean, out _);
        }

        return block;
    }

    /// <summary>The points of one tree at one tick.</summary>
    public void Fill(int tree, long tick, Span<WindowPoint> row)
    {
        for (int column = 0; column < ColumnsPerTree; column++)
        {
            ref double level = ref _levels[(tree * ColumnsPerTree) + column];
            level = Math.Clamp(level + _random.Next(-12, 13), 0, 1000);
            double value = (column % 4) switch
            {
                0 => level,
                1 => level / 1000,
                2 => Math.Round(level / 10, 1),
                _ => Math.Round(level / 8),
            };
            row[column] = new WindowPoint(column, StartMs + (tick * IntervalMs), value);
        }
    }
}

/// <summary>What one would write first: a dictionary by time for each series.</summary>
internal sealed class NaiveWindows
{
    private readonly Dictionary<long, double>[] _series = new Dictionary<long, double>[WindowsFleet.ColumnsPerTree];
    private readonly long _retentionMs;

    public NaiveWindows(long retentionMs = 3_600_000)
    {
        _retentionMs = retentionMs;
        for (int i = 0; i < _series.Length; i++)
        {
            _series[i] = [];
        }
    }

    public void Upsert(ReadOnlySpan<WindowPoint> row)
    {
        foreach (WindowPoint point in row)
        {
            Dictionary<long, double> series = _series[point.Column];
            series[point.TimeUnixMs] = point.Value;
            series.Remove(point.TimeUnixMs - _retentionMs);
        }
    }

    public WindowAggregate Aggregate(int column, Timestamp from, Timestamp to)
    {
        int count = 0;
        double sum = 0;
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        double last = 0;
        for (long time = from.UnixMs; time <= to.UnixMs; time += WindowsFleet.IntervalMs)
        {
            if (_series[column].TryGetValue(time, out double value))
            {
                count++;
                sum += value;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
                last = value;
            }
        }

        return new WindowAggregate(count, sum, min, max, last, to);
    }

    public int Copy(int column, Timestamp from, Timestamp to, Span<long> times, Span<double> values)
    {
        int count = 0;
        for (long time = from.UnixMs; time <= to.UnixMs; time += WindowsFleet.IntervalMs)
        {
            if (_series[column].TryGetValue(time, out double value))
            {
                times[count] = time;
                values[count++] = value;
            }
        }

        return count;
    }
}
