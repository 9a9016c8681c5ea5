using System.Threading.Channels;

namespace Grainwatch.Benchmarks.Load;

/// <summary>
/// Sends tick after tick as fast as the server takes them, within a tick on four connections. Bodies are made two ticks
/// ahead, no further, so that the memory of the sender stays the same however long it sends.
/// </summary>
internal static class Bulk
{
    public const int Connections = 4;
    private const int TicksAhead = 2;

    public static async Task SendAsync(FleetBodies fleet, RemoteWriter writer, IEnumerable<long> timesUnixMs, Random? shuffle)
    {
        Channel<Body[]> ticks = Channel.CreateBounded<Body[]>(TicksAhead);
        Task making = Task.Run(async () =>
        {
            foreach (long time in timesUnixMs)
            {
                await ticks.Writer.WriteAsync([.. fleet.Tick(time, shuffle)]);
            }

            ticks.Writer.Complete();
        });
        await foreach (Body[] tick in ticks.Reader.ReadAllAsync())
        {
            await Parallel.ForEachAsync(tick, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (body, _) =>
            {
                if (await writer.SendAsync(body) is not null)
                {
                    throw new InvalidOperationException($"a request was refused: {writer.FirstRefusal ?? "429"}");
                }
            });
        }

        await making;
    }

    /// <summary>The times of the rows that end with the newest one that has begun, oldest first; asked anew while they are
    /// sent, so that none is missing at the end.</summary>
    public static IEnumerable<long> UpToNow(int ticks)
    {
        long time = NewestRow() - ((ticks - 1) * FleetBodies.IntervalMs);
        for (int sent = 0; sent < ticks || time <= NewestRow(); sent++, time += FleetBodies.IntervalMs)
        {
            yield return time;
        }
    }

    /// <summary>The times of rows that lie ahead of the clock, by less than the door allows.</summary>
    public static IEnumerable<long> Ahead(int ticks) =>
        Enumerable.Range(1, ticks).Select(t => NewestRow() + (t * FleetBodies.IntervalMs)).ToArray();

    private static long NewestRow() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / FleetBodies.IntervalMs * FleetBodies.IntervalMs;
}
