using System.Diagnostics;

namespace Grainwatch.Benchmarks.Load;

/// <summary>
/// A fleet at its true rate: every endpoint sends all its series once each 10 s, the endpoints spread evenly over that time.
/// Requests go out at their time, whether the one before was answered or not; the time of a point is the planned one.
/// </summary>
/// <param name="fleet">Of which endpoints.</param>
/// <param name="writer">Where to.</param>
/// <param name="endpointsOfRequest">1: each endpoint sends for itself; more: an agent that scrapes so many sends them together.</param>
/// <param name="trouble">What is bad; null: nothing.</param>
internal sealed class LiveFeed(FleetBodies fleet, RemoteWriter writer, int endpointsOfRequest, ITrouble? trouble = null)
{
    private const int AttemptsMax = 20;

    private int _outstanding;
    private long _late;

    /// <summary>Requests that were sent more than 100 ms after their time: the sender could not keep up.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Sends until it is told to stop, and then waits for the answers.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        int slots = fleet.Endpoints / endpointsOfRequest;
        long beginMs = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / FleetBodies.IntervalMs * FleetBodies.IntervalMs) + FleetBodies.IntervalMs;
        try
        {
            for (long request = 0; !stop.IsCancellationRequested; request++)
            {
                int slot = (int)(request % slots);
                long due = beginMs + (request / slots * FleetBodies.IntervalMs) + (slot * FleetBodies.IntervalMs / slots);
                TimeSpan wait = TimeSpan.FromMilliseconds(due - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, stop);
                }
                else if (wait < TimeSpan.FromMilliseconds(-100))
                {
                    _late++;
                }

                int first = slot * endpointsOfRequest;
                (int, double)[] replaced = [.. Enumerable.Range(first, endpointsOfRequest).SelectMany(e => trouble?.Of(e) ?? [])];
                _ = SendAsync(fleet.Of(first, endpointsOfRequest, due, replaced), first);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it waited.
        }

        while (Volatile.Read(ref _outstanding) > 0)
        {
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>As a sender does that repeats what was refused for now.</summary>
    private async Task SendAsync(Body body, int first)
    {
        Interlocked.Increment(ref _outstanding);
        try
        {
            for (int attempt = 0; attempt < AttemptsMax; attempt++)
            {
                for (int e = first; e < first + endpointsOfRequest; e++)
                {
                    trouble?.Sending(e, Stopwatch.GetTimestamp());
                }

                TimeSpan? again = await writer.SendAsync(body, keepsBody: true);
                if (again is not { Ticks: > 0 } after)
                {
                    break;
                }

                await Task.Delay(after);
            }
        }
        finally
        {
            body.Return();
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
