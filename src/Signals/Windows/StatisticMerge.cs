using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Windows;

/// <summary>
/// The guard that says which statistics may be aggregated over time, and how.
/// </summary>
/// <remarks>
/// A percentile that a source computed over its own requests says nothing of how many there were, so neither a mean nor
/// a percentile of such values is a percentile of anything. What remains true is the bound: in a window, at least one
/// interval was as bad as the greatest of them. The mean of averages is a mean of intervals, not of requests, and is let
/// through as such.
/// </remarks>
public static class StatisticMerge
{
    /// <summary>How the points of one bucket of a series are folded into one value.</summary>
    public static BucketFold FoldOf(MetricName metric, MetricKind kind, MetricUnit unit)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Statistic switch
        {
            null when kind == MetricKind.Counter => BucketFold.Sum,
            // An event without a unit carries a flag or a code: 48 + 48 would be another code.
            null when kind == MetricKind.Event => unit == MetricUnit.Count ? BucketFold.Sum : BucketFold.Max,
            null or "average" => BucketFold.Mean,
            "sum" or "count" => BucketFold.Sum,
            "minimum" => BucketFold.Min,
            _ => BucketFold.Max,
        };
    }

    /// <summary>May a window over a series of this metric be summarised by that aggregate?</summary>
    public static StatisticMergeOutcome Check(MetricName metric, WindowFunction function)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (function is WindowFunction.Last or WindowFunction.Count or WindowFunction.Max)
        {
            return StatisticMergeOutcome.Allowed;
        }

        bool averaging = function is WindowFunction.Mean or WindowFunction.Sum or WindowFunction.StandardDeviation;
        return metric.Statistic switch
        {
            null => StatisticMergeOutcome.Allowed,
            "average" => function == WindowFunction.Sum ? StatisticMergeOutcome.RefusedSumOfLevels : StatisticMergeOutcome.Allowed,
            "sum" or "count" => StatisticMergeOutcome.Allowed,
            "minimum" or "maximum" => averaging ? StatisticMergeOutcome.RefusedMeanOfExtremes
                : function == WindowFunction.Quantile ? StatisticMergeOutcome.RefusedQuantileOfStatistics
                : StatisticMergeOutcome.Allowed,
            _ => averaging ? StatisticMergeOutcome.RefusedMeanOfPercentiles
                : function == WindowFunction.Quantile ? StatisticMergeOutcome.RefusedQuantileOfStatistics
                : StatisticMergeOutcome.Allowed,
        };
    }

    /// <summary>A sentence for the author of a rule; null when the aggregate is allowed.</summary>
    public static string? Explain(MetricName metric, WindowFunction function) => Check(metric, function) switch
    {
        StatisticMergeOutcome.RefusedMeanOfPercentiles =>
            $"'{metric}' is a percentile: percentiles of intervals cannot be added or averaged; use max or last",
        StatisticMergeOutcome.RefusedMeanOfExtremes =>
            $"'{metric}' is an extreme value: extremes of intervals cannot be added or averaged; use max, min or last",
        StatisticMergeOutcome.RefusedQuantileOfStatistics =>
            $"'{metric}' is a statistic: a percentile of statistics is no percentile of the points; use max or last",
        StatisticMergeOutcome.RefusedSumOfLevels =>
            $"'{metric}' is an average: a sum of averages has no meaning; use avg",
        _ => null,
    };
}
