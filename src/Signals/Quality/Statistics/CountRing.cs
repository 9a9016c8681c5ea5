namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>Counts of arrivals and answers by bucket of event time; the newest buckets stay, older ones are overwritten.</summary>
public sealed class CountRing
{
    private readonly long _intervalMs;
    private readonly CountBucket[] _buckets;

    public CountRing(TimeSpan interval, int buckets)
    {
        Invariant.Require(interval > TimeSpan.Zero);
        Invariant.Require(buckets > 0);
        _intervalMs = (long)interval.TotalMilliseconds;
        _buckets = new CountBucket[buckets];
        Array.Fill(_buckets, CountBucket.Empty);
    }

    /// <summary>Length of a bucket.</summary>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(_intervalMs);

    /// <summary>The longest window that can be asked for.</summary>
    public TimeSpan Span => TimeSpan.FromMilliseconds(_intervalMs * _buckets.Length);

    /// <summary>For windows up to 15 minutes: buckets of 10 s.</summary>
    public static CountRing Fine() => new(TimeSpan.FromSeconds(10), 90);

    /// <summary>For windows up to a day: buckets of 5 minutes.</summary>
    public static CountRing Coarse() => new(TimeSpan.FromMinutes(5), 288);

    /// <summary>Adds counts; false: the time is older than the ring, and nothing was added.</summary>
    public bool Add(Timestamp time, in CountBucket counts)
    {
        long index = Index(time);
        ref CountBucket slot = ref _buckets[Slot(index)];
        if (slot.Index > index)
        {
            return false;
        }

        slot = (slot.Index == index ? slot : CountBucket.Empty with { Index = index }).Plus(counts);
        return true;
    }

    /// <summary>The sum over the buckets that start after <paramref name="now"/> minus the window, the one of now included.</summary>
    public CountBucket Sum(TimeSpan window, Timestamp now)
    {
        long last = Index(now);
        long first = Math.Max(Index(now - window) + 1, last - _buckets.Length + 1);
        CountBucket sum = CountBucket.Empty;
        for (long index = first; index <= last; index++)
        {
            ref CountBucket slot = ref _buckets[Slot(index)];
            if (slot.Index == index)
            {
                sum = sum.Plus(slot);
            }
        }

        return sum;
    }

    /// <summary>The buckets that hold something, oldest first.</summary>
    public CountBucket[] Save() => [.. _buckets.Where(b => b.Index != CountBucket.Empty.Index).OrderBy(b => b.Index)];

    public void Restore(IReadOnlyList<CountBucket> buckets)
    {
        Array.Fill(_buckets, CountBucket.Empty);
        foreach (CountBucket bucket in buckets)
        {
            _buckets[Slot(bucket.Index)] = bucket;
        }
    }

    private long Index(Timestamp time) => Math.DivRem(time.UnixMs, _intervalMs, out long rest) - (rest < 0 ? 1 : 0);

    private int Slot(long index) => (int)(((index % _buckets.Length) + _buckets.Length) % _buckets.Length);
}
