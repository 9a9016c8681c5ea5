using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest;

/// <summary>
/// Counts who is inside the doors. One more than may be is sent away at once, before its body is read: what is inside
/// goes on, and so do the alerts, which wait for no door.
/// </summary>
/// <remarks>
/// Large requests have a bound of their own, by bytes. All that is inside shares the processors with the judging of rules and
/// the sending of pages, so what is inside is how late a page may be; and an endpoint that sends for itself must not be turned away
/// because somebody catches up.
/// </remarks>
public sealed class IngestGate(IOptions<IngestLimits> options)
{
    /// <summary>A request over this part of the bytes that large ones may have is a large one.</summary>
    public const int SmallPart = 16;

    /// <summary>A body that does not say how long it is counts as this part.</summary>
    private const int UnknownPart = 4;

    private readonly IngestLimits _limits = options.Value;
    private readonly Lock _gate = new();
    private int _inside;
    private long _largeBytes;

    /// <summary>Requests inside now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Enters; whoever disposes the answer leaves.</summary>
    /// <param name="bytes">Of the body as sent; null: it does not say.</param>
    /// <exception cref="ProblemException">429, with the time after which to try again.</exception>
    public IDisposable Enter(long? bytes)
    {
        long own = bytes ?? _limits.ConcurrentBytesMax / UnknownPart;
        long large = own > _limits.ConcurrentBytesMax / SmallPart ? own : 0;
        lock (_gate)
        {
            if (_inside >= _limits.ConcurrentRequestsMax)
            {
                throw Overloaded($"{_limits.ConcurrentRequestsMax} requests");
            }

            // One alone is let in whatever its size: how long a body may be is another limit.
            if (large > 0 && _largeBytes > 0 && _largeBytes + large > _limits.ConcurrentBytesMax)
            {
                throw Overloaded($"{_limits.ConcurrentBytesMax} bytes of large requests");
            }

            _inside++;
            _largeBytes += large;
        }

        return new Visit(this, large);
    }

    private ProblemException Overloaded(string what) =>
        new(StatusCodes.Status429TooManyRequests, "overloaded", $"as many as may be are inside: {what}; try again", _limits.RetryAfter);

    private void Leave(long large)
    {
        lock (_gate)
        {
            _inside--;
            _largeBytes -= large;
        }
    }

    private sealed class Visit(IngestGate gate, long large) : IDisposable
    {
        private IngestGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(large);
    }
}
