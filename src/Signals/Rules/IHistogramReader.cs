namespace Grainwatch.Signals.Rules;

/// <summary>What a series reader that holds classic histograms can answer beyond sums.</summary>
public interface IHistogramReader
{
    /// <summary>A quantile of what was observed in the buckets that start in [from, to]; null: nothing was, or the column is no histogram.</summary>
    double? Quantile(int column, Timestamp from, Timestamp to, double quantile);
}
