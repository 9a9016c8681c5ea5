using CsCheck;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

public sealed class WindowStatisticsTests
{
    [Fact]
    public void Of_KnownValues_IsWhatTheTextbookSays()
    {
        WindowStatistics statistics = WindowStatistics.Of([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000], [2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal((8, 40.0, 2.0, 9.0, 5.0, 2.0, 2.0, 9.0), (statistics.Count, statistics.Sum, statistics.Min, statistics.Max,
            statistics.Mean, statistics.StandardDeviation, statistics.First, statistics.Last));
        Assert.Equal(34.0 / 42.0, statistics.SlopePerSecond, 12);
    }

    [Fact]
    public void Of_LargeLevelWithSmallNoise_KeepsItsDeviation()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => 1e12 + (i % 2))];
        Assert.Equal(0.5, WindowStatistics.Of([.. Enumerable.Range(0, 100).Select(i => i * 1000L)], values).StandardDeviation, 9);
    }

    [Fact]
    public void Of_ALine_HasItsSlope() => Gen.Select(Gen.Double[-5, 5], Gen.Int[2, 60], Gen.Int[1, 100_000]).Sample((slope, count, step) =>
    {
        long[] times = [.. Enumerable.Range(0, count).Select(i => 1_700_000_000_000L + ((long)i * step))];
        WindowStatistics statistics = WindowStatistics.Of(times, [.. times.Select(t => 3 + (slope * ((t - times[0]) / 1000.0)))]);
        Assert.Equal(slope, statistics.SlopePerSecond, 6);
    });

    [Fact]
    public void Of_Nothing_IsEmpty() => Assert.Equal(WindowStatistics.Empty, WindowStatistics.Of([], []));

    [Fact]
    public void Of_OnePoint_HasNoSlope() => Assert.True(double.IsNaN(WindowStatistics.Of([0], [1]).SlopePerSecond));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Quantile_OfFour_InterpolatesAsType7(double quantile, double expected) =>
        Assert.Equal(expected, WindowStatistics.Quantile(new double[] { 3, 1, 4, 2 }, quantile), 12);

    [Fact]
    public void Quantile_AnyValues_IsBetweenItsNeighboursAndRises() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[1, 50], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((values, low, high) =>
        {
            (low, high) = (Math.Min(low, high), Math.Max(low, high));
            double first = WindowStatistics.Quantile((double[])values.Clone(), low);
            double second = WindowStatistics.Quantile((double[])values.Clone(), high);
            Assert.True(first >= values.Min() && second <= values.Max() && first <= second);
        });

    [Fact]
    public void Quantile_NoValue_IsNaN() => Assert.True(double.IsNaN(WindowStatistics.Quantile([], 0.5)));

    [Fact]
    public void Quantile_OutOfRange_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => WindowStatistics.Quantile([1], 1.1));

    [Fact]
    public void Take_AWindow_CopiesItsPoints()
    {
        WindowBlock block = new();
        block.TryAdd(new SeriesKey(EntityId.ForEndpoint("e"), MetricName.Of("m")), BucketFold.Mean, out int column);
        for (int i = 0; i < 100; i++)
        {
            block.Upsert(column, new Timestamp(i * 10_000), i, new Timestamp(i * 10_000));
        }

        WindowSnapshot snapshot = WindowSnapshot.Take(block, column, new Timestamp(10_000), new Timestamp(990_000));
        Assert.Equal((99, 50.0, 0.1), (snapshot.Statistics.Count, snapshot.Quantile(0.5), Math.Round(snapshot.Statistics.SlopePerSecond, 12)));
        Assert.Equal(99, snapshot.Values.Length);
    }
}
