using System.Diagnostics;
using System.Globalization;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Overload;

/// <summary>
/// Twice what is accepted: finds the rate at which a backlog is taken, then offers twice that, while other endpoints send
/// at their true rate and go bad. Writes Results/overload.md.
/// </summary>
internal static class OverloadBenchmark
{
    /// <summary>Five gigabytes.</summary>
    private const int RequestsMax = 45_000;
    private const int CheckedEndpoints = 20;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(31);

    /// <param name="given">--endpoints 1000 --live 100 --seconds 120 --find-seconds 20 --server PATH</param>
    /// <param name="output">Takes the page.</param>
    /// <returns>0: every 429 said when to try again, every page came, nothing accepted was lost.</returns>
    public static async Task<int> RunAsync(string[] given, TextWriter output)
    {
        Arguments arguments = new(given);
        FleetBodies backlog = new(arguments.Number("--endpoints", 1000), "backlog");
        FleetBodies live = new(arguments.Number("--live", 100), "live");
        TimeSpan length = TimeSpan.FromSeconds(arguments.Number("--seconds", 120));
        ResultPage page = new("overload", "Twice the accepted rate", $"dotnet run -c Release --project tests/Benchmarks -- overload {string.Join(' ', given)}".TrimEnd());
        await Cores.PinSenderAsync();
        using PageInbox inbox = new();
        using ServerProcess server = await ServerProcess.StartAsync(arguments.Text("--server", ServerProcess.DefaultPath), "--rules", RuleFile.Write(inbox.Url));
        using RemoteWriter bulk = new(server.Url, Bulk.Connections);
        await Bulk.SendAsync(live, bulk, Bulk.UpToNow(60), shuffle: null);
        (double rate, long next) = await FindRateAsync(backlog, bulk, TimeSpan.FromSeconds(arguments.Number("--find-seconds", 20)));
        double offer = 2 * rate;
        Flood flood = new(backlog, next, Math.Clamp((int)(offer * length.TotalSeconds / Math.Min(backlog.Count, FleetBodies.SeriesOfRequest)), 1, RequestsMax));

        using RemoteWriter feed = new(server.Url, connections: 64);
        PageTrials quiet = new(live, RuleFile.BadMetric, RuleFile.BadValue, int.MaxValue, TimeSpan.FromSeconds(1));
        await FeedAsync(live, feed, inbox, quiet, () => Task.Delay(Quiet));
        PageTrials trials = new(live, RuleFile.BadMetric, RuleFile.BadValue, int.MaxValue, TimeSpan.FromSeconds(1));
        using RemoteWriter flooding = new(server.Url, Flood.OutstandingLimit);
        double seconds = 0;
        (double cpu, double wall) = (0, 0);
        await FeedAsync(live, feed, inbox, trials, async () => (cpu, wall) = await server.MeasureAsync(async () => seconds = await flood.RunAsync(flooding, offer, length)));

        AcceptedCheck check = new(server.Url, backlog);
        for (int i = 0; i < CheckedEndpoints; i++)
        {
            int endpoint = i * backlog.Endpoints / CheckedEndpoints;
            await check.CompareAsync(endpoint, flood.AcceptedTimes(endpoint));
        }

        await Task.Delay(ServerProcess.MetricsAreKept);
        double counted = await server.MetricAsync("grainwatch_points_accepted_total");
        long acknowledged = bulk.Accepted + feed.Accepted + flooding.Accepted;
        (long later, long laterWithTime) = flooding.Later;
        page.Text(string.Create(CultureInfo.InvariantCulture, $"""
            A backlog of {backlog.Endpoints} endpoints, {FleetBodies.SeriesOfRequest:N0} samples a request, offered whether the requests before were answered or not;
            refused ones are not repeated. Beside it {live.Endpoints} endpoints send at their true rate, each for itself, and repeat what is
            answered 429 when it says; each second another component goes bad, and pages by a rule `for: 0`, groupWait 0.
            """));
        page.Table(["", "figure", "wanted"],
        [
            ["accepted rate, one after the other on 4 connections, samples/s", Whole(rate), ""],
            ["offered for " + Whole(seconds) + " s, samples/s", $"{Whole(flood.Offered / seconds)} ({flood.Offered / seconds / rate:0.00} times; {Share(flood.GivenUp, flood.Offered)} given up with {Flood.OutstandingLimit} under way)", "twice"],
            ["accepted of them, samples/s", Whole(flooding.Accepted / seconds), "the accepted rate"],
            ["requests answered 429", $"{Whole(later)} of {Whole(flooding.Requests)} ({Share(later, flooding.Requests)}), with Retry-After {Share(laterWithTime, later)}", "all with Retry-After"],
            ["samples in requests that were refused otherwise, in whole or in part · connections broken", $"{Whole(flooding.Refused + feed.Refused)} · {flooding.Broken} {flooding.FirstRefusal ?? feed.FirstRefusal}", "0 · 0"],
            ["of the live endpoints' requests answered 429", $"{Whole(feed.Later.All)} of {Whole(feed.Requests)}", ""],
            ["page, ms from the first attempt to send, without overload: p50 / p99", $"{quiet.FromFirstAttempt}", ""],
            ["page, ms from the attempt that was taken, in overload: p50 / p99", $"{trials.FromLastAttempt}", "on time"],
            ["page, ms from the first attempt, in overload: p50 / p99", $"{trials.FromFirstAttempt}", ""],
            ["pages that did not come", $"{trials.Missing} of {trials.Started}", "0"],
            ["points acknowledged · counted by the server as accepted", $"{Whole(acknowledged)} · {Whole(counted)}", "the same"],
            ["accepted points asked for again · missing · wrong", $"{Whole(check.Checked)} · {check.Missing} · {check.Wrong}", "0 missing, 0 wrong"],
            ["server, % of a core", Whole(100 * cpu / wall), ""],
            ["most requests at a time", Whole(flood.OutstandingMax), ""],
        ]);
        page.Text(string.Join('\n', server.Errors.Take(10).Select(e => $"- the server said: {e}")));
        await page.WriteAsync(output);
        return later == laterWithTime && trials.Missing + check.Missing + check.Wrong + flooding.Refused + feed.Refused == 0 && counted >= acknowledged ? 0 : 1;
    }

    /// <summary>Samples a second once the series are known, and the time of the tick after those that were sent.</summary>
    private static async Task<(double Rate, long Next)> FindRateAsync(FleetBodies backlog, RemoteWriter writer, TimeSpan length)
    {
        // Far enough in the past for all that follows.
        long time = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / FleetBodies.IntervalMs * FleetBodies.IntervalMs) - (long)TimeSpan.FromHours(20).TotalMilliseconds;
        await Bulk.SendAsync(backlog, writer, [time, time += FleetBodies.IntervalMs], shuffle: null);
        long before = writer.Accepted;
        Stopwatch watch = Stopwatch.StartNew();
        await Bulk.SendAsync(backlog, writer, Times(), shuffle: null);
        return ((writer.Accepted - before) / watch.Elapsed.TotalSeconds, time + FleetBodies.IntervalMs);

        IEnumerable<long> Times()
        {
            while (watch.Elapsed < length)
            {
                yield return time += FleetBodies.IntervalMs;
            }
        }
    }

    /// <summary>Does something while endpoints send and go bad; afterwards every page gets a minute to come.</summary>
    private static async Task FeedAsync(FleetBodies live, RemoteWriter writer, PageInbox inbox, PageTrials trials, Func<Task> work)
    {
        inbox.Arrived = trials.Arrived;
        using CancellationTokenSource stop = new();
        Task feeding = new LiveFeed(live, writer, endpointsOfRequest: 1, trials).RunAsync(stop.Token);
        await work();
        trials.Stop();
        await trials.WaitAsync(TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await feeding;
    }

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double part, double whole) => whole == 0 ? "none" : (100 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
