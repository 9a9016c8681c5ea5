using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Endpoints;

/// <summary>
/// The right to write into the windows of one activation of an endpoint. It ends with the block: a closed block refuses,
/// and the writer turns to the endpoint's grain.
/// </summary>
/// <param name="endpointKey">Of the grain.</param>
/// <param name="monitor">Of the activation; only its block is for others than its grain.</param>
public sealed class WindowLease(string endpointKey, EndpointMonitor monitor)
{
    private long _announced = long.MinValue;
    private long _writtenAt;
    private volatile bool _isLive;

    public string EndpointKey { get; } = endpointKey;

    public EndpointMonitor Monitor { get; } = monitor;

    /// <summary>True while the endpoint lives by the clock on the wall: one that is played from a recording is written by its player alone.</summary>
    public bool IsLive
    {
        get => _isLive && !Monitor.Block.IsClosed;
        set => _isLive = value;
    }

    /// <summary>When points were written under this lease last, as the clock's own stamp; 0: never.</summary>
    public long WrittenAt
    {
        get => Volatile.Read(ref _writtenAt);
        set => Volatile.Write(ref _writtenAt, value);
    }

    /// <summary>True for one caller a row: whoever gets it tells the grain.</summary>
    public bool TryAnnounce(Timestamp bucket)
    {
        long before = Volatile.Read(ref _announced);
        return bucket.UnixMs > before && Interlocked.CompareExchange(ref _announced, bucket.UnixMs, before) == before;
    }
}
