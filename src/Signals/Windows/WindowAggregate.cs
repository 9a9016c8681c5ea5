namespace Grainwatch.Signals.Windows;

/// <summary>What the non-empty buckets of a window add up to. Empty: <see cref="Count"/> is 0 and nothing else means anything.</summary>
/// <param name="Count">Buckets that hold a value.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Last">The newest.</param>
/// <param name="LastTime">Start of the newest bucket that holds a value.</param>
public readonly record struct WindowAggregate(int Count, double Sum, double Min, double Max, double Last, Timestamp LastTime)
{
    public double Mean => Sum / Count;
}
