using System.Diagnostics;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Overload;

/// <summary>
/// Offers requests at a rate, whatever becomes of them: each goes out at its time, and one that is refused is not
/// repeated; one whose time comes while a great many wait for their answers is given up, as by senders that have all their
/// connections busy. Bodies are made beforehand, since the sender's core could not make them that fast beside all else.
/// </summary>
/// <param name="fleet">Whose points.</param>
/// <param name="firstTimeUnixMs">Of the first tick.</param>
/// <param name="requests">How many are made; with the last of them it ends.</param>
internal sealed class Flood(FleetBodies fleet, long firstTimeUnixMs, int requests)
{
    /// <summary>Requests that may wait for an answer: a multiple of what the door lets in.</summary>
    public const int OutstandingLimit = 512;

    private readonly Body[] _bodies = Make(fleet, firstTimeUnixMs, requests);
    private readonly bool[] _isAccepted = new bool[requests];
    private int _outstanding;

    private int RequestsOfTick => (fleet.Count + FleetBodies.SeriesOfRequest - 1) / FleetBodies.SeriesOfRequest;

    /// <summary>Samples that were offered.</summary>
    public long Offered { get; private set; }

    /// <summary>Samples in requests that were given up.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Most requests that waited for an answer at a time.</summary>
    public int OutstandingMax { get; private set; }

    /// <summary>Offers them.</summary>
    /// <returns>Seconds on the wall, the last answer excluded.</returns>
    public async Task<double> RunAsync(RemoteWriter writer, double samplesPerSecond, TimeSpan length)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < requests && watch.Elapsed < length; i++)
        {
            double due = Offered / samplesPerSecond;
            while (watch.Elapsed.TotalSeconds < due)
            {
                await Task.Delay(1);
            }

            Offered += _bodies[i].Samples;
            if (Volatile.Read(ref _outstanding) >= OutstandingLimit)
            {
                GivenUp += _bodies[i].Samples;
                continue;
            }

            OutstandingMax = Math.Max(OutstandingMax, Interlocked.Increment(ref _outstanding));
            _ = SendAsync(writer, i);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        while (Volatile.Read(ref _outstanding) > 0)
        {
            await Task.Delay(10);
        }

        return seconds;
    }

    /// <summary>The times at which an endpoint's points were accepted, oldest first.</summary>
    public IEnumerable<long> AcceptedTimes(int endpoint)
    {
        int part = endpoint * FleetBodies.SeriesOfEndpoint / FleetBodies.SeriesOfRequest;
        return Enumerable.Range(0, requests)
            .Where(i => i % RequestsOfTick == part && _isAccepted[i])
            .Select(i => firstTimeUnixMs + (i / RequestsOfTick * FleetBodies.IntervalMs));
    }

    private async Task SendAsync(RemoteWriter writer, int index)
    {
        try
        {
            _isAccepted[index] |= await writer.SendAsync(_bodies[index], keepsBody: true) is null;
        }
        finally
        {
            Interlocked.Decrement(ref _outstanding);
        }
    }

    private static Body[] Make(FleetBodies fleet, long firstTimeUnixMs, int requests)
    {
        List<Body> made = [];
        for (long time = firstTimeUnixMs; made.Count < requests; time += FleetBodies.IntervalMs)
        {
            foreach (Body body in fleet.Tick(time).Take(requests - made.Count))
            {
                made.Add(body with { Bytes = body.Bytes[..body.Length] });
                body.Return();
            }
        }

        return [.. made];
    }
}
