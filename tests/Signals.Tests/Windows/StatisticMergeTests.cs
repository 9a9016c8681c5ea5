using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

public sealed class StatisticMergeTests
{
    [Theory]
    [InlineData(null, MetricKind.Gauge, MetricUnit.Ratio, BucketFold.Mean)]
    [InlineData(null, MetricKind.Counter, MetricUnit.Count, BucketFold.Sum)]
    [InlineData(null, MetricKind.Event, MetricUnit.Count, BucketFold.Sum)]
    [InlineData(null, MetricKind.Event, MetricUnit.None, BucketFold.Max)]
    [InlineData("average", MetricKind.Gauge, MetricUnit.Seconds, BucketFold.Mean)]
    [InlineData("minimum", MetricKind.Gauge, MetricUnit.Seconds, BucketFold.Min)]
    [InlineData("maximum", MetricKind.Gauge, MetricUnit.Seconds, BucketFold.Max)]
    [InlineData("sum", MetricKind.Gauge, MetricUnit.Seconds, BucketFold.Sum)]
    [InlineData("count", MetricKind.Histogram, MetricUnit.Seconds, BucketFold.Sum)]
    [InlineData("p99", MetricKind.Gauge, MetricUnit.Seconds, BucketFold.Max)]
    [InlineData("p99", MetricKind.Counter, MetricUnit.Count, BucketFold.Max)]
    public void FoldOf_AStatistic_NeverAveragesPercentiles(string? statistic, MetricKind kind, MetricUnit unit, BucketFold fold) =>
        Assert.Equal(fold, StatisticMerge.FoldOf(MetricName.Of("m", statistic), kind, unit));

    [Theory]
    [InlineData("p99", WindowFunction.Mean, StatisticMergeOutcome.RefusedMeanOfPercentiles)]
    [InlineData("p99.9", WindowFunction.Sum, StatisticMergeOutcome.RefusedMeanOfPercentiles)]
    [InlineData("p99", WindowFunction.Quantile, StatisticMergeOutcome.RefusedQuantileOfStatistics)]
    [InlineData("p99", WindowFunction.Max, StatisticMergeOutcome.Allowed)]
    [InlineData("p99", WindowFunction.Last, StatisticMergeOutcome.Allowed)]
    [InlineData("maximum", WindowFunction.Mean, StatisticMergeOutcome.RefusedMeanOfExtremes)]
    [InlineData("minimum", WindowFunction.Quantile, StatisticMergeOutcome.RefusedQuantileOfStatistics)]
    [InlineData("average", WindowFunction.Mean, StatisticMergeOutcome.Allowed)]
    [InlineData("average", WindowFunction.Sum, StatisticMergeOutcome.RefusedSumOfLevels)]
    [InlineData("sum", WindowFunction.Sum, StatisticMergeOutcome.Allowed)]
    [InlineData(null, WindowFunction.Quantile, StatisticMergeOutcome.Allowed)]
    public void Check_AnAggregateOfAStatistic_IsAllowedOrNamed(string? statistic, WindowFunction function, StatisticMergeOutcome outcome)
    {
        MetricName metric = MetricName.Of("latency", statistic);
        Assert.Equal(outcome, StatisticMerge.Check(metric, function));
        Assert.Equal(outcome == StatisticMergeOutcome.Allowed, StatisticMerge.Explain(metric, function) is null);
    }
}
