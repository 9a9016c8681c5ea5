using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest;

/// <summary>
/// Counts who is inside the doors. One more than may be is sent away at once, before its body is read: what is inside
/// goes on, and so do the alerts, which wait for no door.
/// </summary>
public sealed class IngestGate(IOptions<IngestLimits> options)
{
    private readonly IngestLimits _limits = options.Value;
    private int _inside;

    /// <summary>Requests inside now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Enters; whoever disposes the answer leaves.</summary>
    /// <exception cref="ProblemException">429, with the time after which to try again.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _inside) > _limits.ConcurrentRequestsMax)
        {
            Interlocked.Decrement(ref _inside);
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests, "overloaded", $"more than {_limits.ConcurrentRequestsMax} requests are inside; try again", _limits.RetryAfter);
        }

        return new Visit(this);
    }

    private sealed class Visit(IngestGate gate) : IDisposable
    {
        private IngestGate? _gate = gate;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gate, null) is { } left)
            {
                Interlocked.Decrement(ref left._inside);
            }
        }
    }
}
