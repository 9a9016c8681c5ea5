using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Events;

/// <summary>Counts the streams that are open.</summary>
public sealed class EventViewers(IOptions<EventOptions> options)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private int _open;

    /// <exception cref="ProblemException">429: as many as may watch are watching.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _open) > options.Value.ViewersMax)
        {
            Interlocked.Decrement(ref _open);
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests, "viewers", $"{options.Value.ViewersMax} streams are open, and no more may be", RetryAfter);
        }

        return new Seat(this);
    }

    private sealed class Seat(EventViewers viewers) : IDisposable
    {
        private EventViewers? _viewers = viewers;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _viewers, null) is { } left)
            {
                Interlocked.Decrement(ref left._open);
            }
        }
    }
}
