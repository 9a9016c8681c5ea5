namespace Grainwatch.Signals.Windows;

/// <summary>How several points of one bucket become the bucket's value, and several buckets a longer window's.</summary>
public enum BucketFold
{
    /// <summary>A level: the mean of the points.</summary>
    Mean,

    /// <summary>Something that happened: the sum of the points.</summary>
    Sum,

    /// <summary>A greatest value, a percentile, or a code: the greatest of the points.</summary>
    Max,

    /// <summary>A least value: the least of the points.</summary>
    Min,
}
