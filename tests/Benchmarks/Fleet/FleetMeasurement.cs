using System.Diagnostics;
using System.Text.Json;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Fleet;

/// <summary>Measures one size of the fleet, in two processes: one for a sender in order, one for a scattered one.</summary>
/// <param name="plan">What to measure, and how much of it.</param>
/// <param name="figures">Where it is put.</param>
internal sealed class FleetMeasurement(FleetPlan plan, FleetFigures figures)
{
    private const string Api = "/api/grainwatch/v1";
    private const string Heap = "dotnet_gc_last_collection_heap_size_bytes";
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(60);

    private readonly FleetBodies _fleet = new(figures.Endpoints);

    private int EndpointsOfAgent => Math.Max(1, figures.Endpoints / (int)(FleetBodies.IntervalMs / 1000));

    public async Task RunAsync()
    {
        using PageInbox inbox = new();
        string rules = RuleFile.Write(inbox.Url);
        using (ServerProcess server = await ServerProcess.StartAsync(plan.Server, "--rules", rules))
        {
            await server.CollectAsync();
            double empty = server.ResidentBytes;
            double emptyHeap = await server.MetricAsync(Heap);
            await FillAsync(server, figures.InOrder, shuffle: null);
            figures.ResidentBytesOfSeries = (server.ResidentBytes - empty) / _fleet.Count;
            await server.CollectAsync();
            figures.ResidentBytesOfSeriesCollected = (server.ResidentBytes - empty) / _fleet.Count;
            figures.HeapBytesOfSeries = (await server.MetricAsync(Heap) - emptyHeap) / _fleet.Count;
            await LiveAsync(server, inbox);
            figures.InOrder.Judged = await JudgedAsync(server, shuffle: null);
            await CloseAsync(server);
        }

        using (ServerProcess server = await ServerProcess.StartAsync(plan.Server, "--rules", rules))
        {
            Random shuffle = new(1);
            await FillAsync(server, figures.Scattered, shuffle);
            figures.Scattered.Judged = await JudgedAsync(server, shuffle);
            await CloseAsync(server);
        }
    }

    /// <summary>An hour of points, as a sender that catches up sends them: the rules look at the newest row, not at each.</summary>
    private async Task FillAsync(ServerProcess server, FleetFigures.BulkFigures bulk, Random? shuffle)
    {
        Say("an hour of points", shuffle);
        using RemoteWriter writer = new(server.Url, Bulk.Connections);
        long[] first = [.. Bulk.UpToNow(plan.Ticks).Take(1)];
        (double cpu, _) = await server.MeasureAsync(() => Bulk.SendAsync(_fleet, writer, first, shuffle));
        bulk.Registration = cpu / _fleet.Count * 1e6;
        long before = writer.Accepted;
        (double Cpu, double Wall) took = await server.MeasureAsync(() => Bulk.SendAsync(_fleet, writer, Bulk.UpToNow(plan.Ticks).SkipWhile(t => t <= first[0]), shuffle));
        bulk.Backlog = FleetFigures.Rate.Of(writer.Accepted - before, took);
    }

    /// <summary>Points as fast as they are taken, each row of which is judged: they lie ahead of the clock, as of a source
    /// whose clock is fast, since a row that lies behind what was judged already is not judged again.</summary>
    private async Task<FleetFigures.Rate> JudgedAsync(ServerProcess server, Random? shuffle)
    {
        Say("every row judged", shuffle);
        using RemoteWriter writer = new(server.Url, Bulk.Connections);
        double verdicts = await server.MetricAsync("grainwatch_verdicts_total");
        FleetFigures.Rate rate = FleetFigures.Rate.Of((long)_fleet.Count * plan.JudgedTicks, await server.MeasureAsync(
            () => Bulk.SendAsync(_fleet, writer, Bulk.Ahead(plan.JudgedTicks), shuffle)));
        await Task.Delay(ServerProcess.MetricsAreKept);
        verdicts = await server.MetricAsync("grainwatch_verdicts_total") - verdicts;
        await Console.Error.WriteLineAsync($"  {verdicts / figures.Endpoints / plan.JudgedTicks:0.0} verdicts told a row and endpoint");
        return rate;
    }

    private async Task LiveAsync(ServerProcess server, PageInbox inbox)
    {
        if (!plan.IsPagesOnly)
        {
            await TrueRateAsync(server);
        }

        await PagesAsync(server, inbox);
    }

    private async Task TrueRateAsync(ServerProcess server)
    {
        Say("idle and true rate");
        (double idle, double seconds) = await server.MeasureAsync(() => Task.Delay(plan.Idle));
        figures.IdleCpu = 100 * idle / seconds;
        figures.AgentCpu = await TrueRateAsync(server, EndpointsOfAgent);
        figures.OwnCpu = EndpointsOfAgent == 1 ? figures.AgentCpu : await TrueRateAsync(server, 1);
        Say("queries");
        await WhileFedAsync(server, 1, null, async () =>
        {
            figures.State = await AskAsync(server.Url, n => $"{Api}/endpoints/{_fleet.Name(n % figures.Endpoints)}");
            figures.Worst = await AskAsync(server.Url, _ => plan.WorstPath);
        });
    }

    private async Task PagesAsync(ServerProcess server, PageInbox inbox)
    {
        Say("pages");
        figures.Page = await PagesAsync(server, inbox, 1, new PageTrials(_fleet, RuleFile.BadMetric, RuleFile.BadValue, plan.Trials, plan.Spacing));
        figures.PageOfAgent = figures.Page;
        if (EndpointsOfAgent > 1)
        {
            figures.PageOfAgent = await PagesAsync(
                server, inbox, EndpointsOfAgent, new PageTrials(_fleet, RuleFile.BadMetric, RuleFile.BadValue, plan.Trials, plan.Spacing));
        }

        if (plan.DefaultTrials > 0)
        {
            Say("pages by the shipped rules");
            figures.PageOfDefaults = await PagesAsync(
                server, inbox, 1, new PageTrials(_fleet, "errors_5xx", badValue: 300, plan.DefaultTrials, TimeSpan.FromSeconds(1)));
        }
    }

    private async Task<double> TrueRateAsync(ServerProcess server, int endpointsOfRequest)
    {
        double share = 0;
        await WhileFedAsync(server, endpointsOfRequest, null, async () =>
        {
            (double cpu, double wall) = await server.MeasureAsync(() => Task.Delay(plan.TrueRate));
            share = 100 * cpu / wall;
        });
        return share;
    }

    /// <summary>Does something while the fleet sends at its true rate, once a whole round of it has gone out.</summary>
    private async Task WhileFedAsync(ServerProcess server, int endpointsOfRequest, ITrouble? trouble, Func<Task> work)
    {
        using RemoteWriter writer = new(server.Url, connections: 64);
        using CancellationTokenSource stop = new();
        LiveFeed feed = new(_fleet, writer, endpointsOfRequest, trouble);
        Task feeding = feed.RunAsync(stop.Token);
        await Task.Delay(plan.Warm);
        await work();
        await stop.CancelAsync();
        await feeding;
        figures.Late += feed.Late;
        if (writer.Refused + writer.Later.All > 0)
        {
            figures.Errors.Add($"{writer.Refused} samples refused, {writer.Later.All} requests answered 429; {writer.FirstRefusal}");
        }
    }

    private async Task<Latencies> PagesAsync(ServerProcess server, PageInbox inbox, int endpointsOfRequest, PageTrials trials)
    {
        inbox.Arrived = trials.Arrived;
        await WhileFedAsync(server, endpointsOfRequest, trials, () => trials.WaitAsync(plan.LongestTrials(figures.Endpoints) + Slack));
        figures.Lost += trials.Missing;
        foreach (string silent in trials.Silent.Take(5))
        {
            figures.Errors.Add($"no page came for {silent}; its incidents: {await IncidentsAsync(server.Url, silent)}");
        }

        if (trials.Unexpected > 0)
        {
            figures.Errors.Add($"{trials.Unexpected} pages came that no trial expected");
        }

        return trials.FromFirstAttempt;
    }

    /// <summary>Asks again and again on one connection; what it takes until it is warm is left out.</summary>
    private async Task<Latencies> AskAsync(Uri server, Func<int, string> path)
    {
        using HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = server };
        Latencies latencies = new();
        for (int n = 0; n < plan.WarmQueries + plan.Queries; n++)
        {
            long start = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(path(n));
            if (n >= plan.WarmQueries)
            {
                latencies.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return latencies;
    }

    private static async Task<string> IncidentsAsync(Uri server, string endpoint)
    {
        using HttpClient client = new() { BaseAddress = server };
        using JsonDocument page = JsonDocument.Parse(await client.GetStringAsync($"{Api}/incidents?limit=500"));
        return string.Join(", ", page.RootElement.GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("endpoint").GetString() == endpoint)
            .Select(i => $"{i.GetProperty("state")} {i.GetProperty("severity")} from {i.GetProperty("openedAt")}, told {string.Join(' ', i.GetProperty("notifications").EnumerateArray().Select(n => $"{n.GetProperty("kind")} {n.GetProperty("reason")} {n.GetProperty("state")}"))}"));
    }

    private async Task CloseAsync(ServerProcess server)
    {
        figures.Rejected += await server.MetricAsync("grainwatch_points_refused_total");
        figures.Errors.AddRange(server.Errors.Take(5).Select(line => $"the server said: {line}"));
    }

    private void Say(string what, Random? shuffle = null) =>
        Console.Error.WriteLine($"{DateTimeOffset.UtcNow:HH:mm:ss} {figures.Endpoints} endpoints: {what}{(shuffle is null ? "" : ", scattered")}");
}
