using System.Diagnostics;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Overload;

/// <summary>
/// Offers requests at a rate, whatever becomes of them: each goes out at its time, and one that is refused is not
/// repeated. Bodies are made beforehand, since the sender's core could not make them that fast beside all else.
/// </summary>
/// <param name="fleet">Whose points.</param>
/// <param name="firstTimeUnixMs">Of the first tick.</param>
/// <param name="requests">How many are made; beyond them they come again.</param>
internal sealed class Flood(FleetBodies fleet, long firstTimeUnixMs, int requests)
{
    private readonly Body[] _bodies = Make(fleet, firstTimeUnixMs, requests);
    private readonly bool[] _isAccepted = new bool[requests];
    private int _outstanding;

    private int RequestsOfTick => (fleet.Count + FleetBodies.SeriesOfRequest - 1) / FleetBodies.SeriesOfRequest;

    /// <summary>Samples that were offered.</summary>
    public long Offered { get; private set; }

    /// <summary>Samples in requests that were made twice because too few were made beforehand.</summary>
    public long Repeated { get; private set; }

    /// <summary>Most requests that waited for an answer at a time.</summary>
    public int OutstandingMax { get; private set; }

    /// <summary>Offers them.</summary>
    /// <returns>Seconds on the wall, the last answer excluded.</returns>
    public async Task<double> RunAsync(RemoteWriter writer, double samplesPerSecond, TimeSpan length)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; watch.Elapsed < length; i++)
        {
            double due = Offered / samplesPerSecond;
            while (watch.Elapsed.TotalSeconds < due)
            {
                await Task.Delay(1);
            }

            Repeated += i < requests ? 0 : _bodies[i % requests].Samples;
            Offered += _bodies[i % requests].Samples;
            OutstandingMax = Math.Max(OutstandingMax, Interlocked.Increment(ref _outstanding));
            _ = SendAsync(writer, i % requests);
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
