using System.Diagnostics;
using System.Globalization;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Soak;

/// <summary>
/// Does memory grow? A fleet sends at its true rate into windows that already hold an hour; now and then a component goes
/// bad, is told of, and recovers, and each second somebody looks at an endpoint. Writes Results/soak.md.
/// </summary>
internal static class SoakBenchmark
{
    private const string Heap = "dotnet_gc_last_collection_heap_size_bytes";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <param name="given">--endpoints 500 --minutes 30 --ticks 360 --server PATH</param>
    /// <param name="output">Takes the page.</param>
    /// <returns>0: nothing was refused, every page came, and the server said nothing.</returns>
    public static async Task<int> RunAsync(string[] given, TextWriter output)
    {
        Arguments arguments = new(given);
        FleetBodies fleet = new(arguments.Number("--endpoints", 500));
        TimeSpan length = TimeSpan.FromMinutes(arguments.Number("--minutes", 30));
        ResultPage page = new("soak", "Does memory grow", $"dotnet run -c Release --project tests/Benchmarks -- soak {string.Join(' ', given)}".TrimEnd());
        await Cores.PinSenderAsync();
        using PageInbox inbox = new();
        PageTrials trials = new(fleet, RuleFile.BadMetric, RuleFile.BadValue, int.MaxValue, Between);
        inbox.Arrived = trials.Arrived;
        using ServerProcess server = await ServerProcess.StartAsync(arguments.Text("--server", ServerProcess.DefaultPath), "--rules", RuleFile.Write(inbox.Url));
        using (RemoteWriter bulk = new(server.Url, Bulk.Connections))
        {
            await Bulk.SendAsync(fleet, bulk, Bulk.UpToNow(arguments.Number("--ticks", 360)), shuffle: null);
        }

        using RemoteWriter writer = new(server.Url, connections: 64);
        using CancellationTokenSource stop = new();
        Task feeding = new LiveFeed(fleet, writer, endpointsOfRequest: 1, trials).RunAsync(stop.Token);
        Task looking = LookAsync(server.Url, fleet, stop.Token);
        // One round of the fleet, so that what live data need is there before memory is watched.
        await Task.Delay(Between + Between);
        double liveBefore = await LiveHeapAsync(server);
        double cpuBefore = server.CpuSeconds;
        List<MemorySample> samples = await WatchAsync(server, length);
        double cpu = 100 * (server.CpuSeconds - cpuBefore) / length.TotalSeconds;
        double grown = (await LiveHeapAsync(server) - liveBefore) / 1e6;
        trials.Stop();
        await trials.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await Task.WhenAll(feeding, looking);
        int missing = trials.Missing;
        double refused = await server.MetricAsync("grainwatch_points_refused_total");
        page.Text(string.Create(CultureInfo.InvariantCulture, $"""
            {fleet.Endpoints} endpoints, {fleet.Count:N0} series at their true rate for {length.TotalMinutes:0} minutes, each endpoint for itself, into windows that
            hold an hour; a component goes bad each 10 s and recovers; memory sampled each 10 s. Slopes: least squares over the second half.
            Server {cpu:0.0} % of a core. {writer.Accepted:N0} points accepted, {refused:0} refused; {trials.Started} pages, {missing} missing, ms to the webhook {trials.FromFirstAttempt};
            the server said {server.Errors.Count} lines of warning. Live heap after a forced collection: {Megabytes(liveBefore)} MB before, {grown:+0.0;-0.0} MB after,
            {grown / length.TotalHours:+0.0;-0.0} MB/h.
            """));
        page.Table(["", "slope, MB/h", "first, MB", "last, MB", "least, MB", "most, MB"],
        [
            Row("resident", samples, s => s.Resident), Row("working set at /metrics", samples, s => s.WorkingSet),
            Row("heap after its last collection", samples, s => s.Heap), Row("committed by the collector", samples, s => s.Committed),
        ]);
        page.Table(["minute", "resident, MB", "heap, MB"], samples.Where((_, i) => i % Math.Max(1, samples.Count / 15) == 0)
            .Select(s => (IEnumerable<string>)[$"{s.At.TotalMinutes:0.0}", Megabytes(s.Resident), Megabytes(s.Heap)]));
        page.Text(string.Join('\n', server.Errors.Take(10).Select(e => $"- {e}")));
        await page.WriteAsync(output);
        return refused + writer.Refused + missing + server.Errors.Count > 0 ? 1 : 0;
    }

    private static async Task<List<MemorySample>> WatchAsync(ServerProcess server, TimeSpan length)
    {
        List<MemorySample> samples = [];
        Stopwatch watch = Stopwatch.StartNew();
        using PeriodicTimer timer = new(Between);
        while (watch.Elapsed < length && await timer.WaitForNextTickAsync())
        {
            samples.Add(new MemorySample(watch.Elapsed, server.ResidentBytes, await server.MetricAsync("dotnet_process_memory_working_set_bytes"),
                await server.MetricAsync(Heap), await server.MetricAsync("dotnet_gc_last_collection_memory_committed_size_bytes")));
        }

        return samples;
    }

    private static async Task<double> LiveHeapAsync(ServerProcess server)
    {
        await server.CollectAsync();
        return await server.MetricAsync(Heap);
    }

    private static async Task LookAsync(Uri server, FleetBodies fleet, CancellationToken stop)
    {
        using HttpClient client = new() { BaseAddress = server };
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1));
        try
        {
            for (int n = 0; await timer.WaitForNextTickAsync(stop); n++)
            {
                await client.GetByteArrayAsync($"/api/grainwatch/v1/endpoints/{fleet.Name(n % fleet.Endpoints)}", stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The soak is over.
        }
    }

    private static IEnumerable<string> Row(string name, List<MemorySample> samples, Func<MemorySample, double> value)
    {
        Slope slope = Slope.Of([.. samples.Skip(samples.Count / 2).Select(s => (s.At, value(s)))]);
        return [name, $"{slope}", Megabytes(value(samples[0])), Megabytes(value(samples[^1])), Megabytes(samples.Min(value)), Megabytes(samples.Max(value))];
    }

    private static string Megabytes(double bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
