namespace Grainwatch.Signals.Windows;

/// <summary>
/// How often a series speaks: the median of its last 20 spacings. A median, because one long gap must not make the next
/// one look normal.
/// </summary>
public sealed class IntervalEstimator
{
    /// <summary>How many spacings are remembered.</summary>
    public const int Spacings = 20;

    private readonly long[] _spacingsMs = new long[Spacings];
    private int _count;
    private int _next;
    private long? _lastMs;

    /// <summary>Null before the second point.</summary>
    public TimeSpan? Estimate => _count == 0 ? null : Median(_spacingsMs.AsSpan(0, _count));

    /// <summary>Takes a point's time; one that is not newer than all before it says nothing of the interval.</summary>
    public void Observe(Timestamp time)
    {
        if (_lastMs is { } last)
        {
            if (time.UnixMs <= last)
            {
                return;
            }

            _spacingsMs[_next] = time.UnixMs - last;
            _next = (_next + 1) % Spacings;
            _count = Math.Min(_count + 1, Spacings);
        }

        _lastMs = time.UnixMs;
    }

    /// <summary>The same of the last 21 of some rising times.</summary>
    public static TimeSpan? MedianSpacing(ReadOnlySpan<long> timesUnixMs)
    {
        ReadOnlySpan<long> last = timesUnixMs[Math.Max(0, timesUnixMs.Length - Spacings - 1)..];
        if (last.Length < 2)
        {
            return null;
        }

        Span<long> spacings = stackalloc long[last.Length - 1];
        for (int i = 0; i < spacings.Length; i++)
        {
            spacings[i] = last[i + 1] - last[i];
        }

        return Median(spacings);
    }

    /// <summary>The lower median: a spacing that was seen.</summary>
    private static TimeSpan Median(ReadOnlySpan<long> spacings)
    {
        Span<long> sorted = stackalloc long[spacings.Length];
        spacings.CopyTo(sorted);
        sorted.Sort();
        return TimeSpan.FromMilliseconds(sorted[(sorted.Length - 1) / 2]);
    }
}
