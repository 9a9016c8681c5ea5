namespace Grainwatch.Signals.Windows;

/// <summary>What the guard says of an aggregate over a series of statistics.</summary>
public enum StatisticMergeOutcome
{
    Allowed,

    /// <summary>Percentiles of intervals were to be averaged or added.</summary>
    RefusedMeanOfPercentiles,

    /// <summary>Minima or maxima of intervals were to be averaged or added.</summary>
    RefusedMeanOfExtremes,

    /// <summary>A percentile of percentiles, minima or maxima was asked for.</summary>
    RefusedQuantileOfStatistics,

    /// <summary>Averages of intervals were to be added.</summary>
    RefusedSumOfLevels,
}
