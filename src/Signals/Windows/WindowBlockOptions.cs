namespace Grainwatch.Signals.Windows;

/// <summary>Sizes and bounds of a <see cref="WindowBlock"/>.</summary>
public sealed record WindowBlockOptions
{
    /// <summary>Length of a bucket. The default is 10 s; must be whole milliseconds from 1 ms to 1 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How far ahead of now a point's time may be. The default is 10 min; must not be negative. Now is the clock of
    /// whoever writes, not the newest point: only so can a clock that is wrong be told from a silence that ends.
    /// </summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many series a block takes. The default is 4,096; must be 1 to 65,536.</summary>
    public int MaxColumns { get; init; } = 4096;

    /// <summary>How many points one bucket of one series remembers while it is open. The default is 64; must be 2 to 4,096.</summary>
    public int MaxPointsPerBucket { get; init; } = 64;

    internal void Validate()
    {
        double ms = Interval.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(ms, 1, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ms, 3_600_000, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfNotEqual(ms, Math.Floor(ms), nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAhead, TimeSpan.Zero, nameof(MaxAhead));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxColumns, 1, nameof(MaxColumns));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxColumns, 65_536, nameof(MaxColumns));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPointsPerBucket, 2, nameof(MaxPointsPerBucket));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPointsPerBucket, 4096, nameof(MaxPointsPerBucket));
    }
}
