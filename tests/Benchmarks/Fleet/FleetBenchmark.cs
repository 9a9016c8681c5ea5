using System.Globalization;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Fleet;

/// <summary>
/// What a fleet costs, and how soon it pages: E endpoints of 88 series, one point each 10 s, by remote-write. Writes
/// Results/fleet.md.
/// </summary>
internal static class FleetBenchmark
{
    private static readonly (string What, Func<FleetFigures, string> Figure, string Aim)[] Rows =
    [
        ("CPU s a million samples, in order, every row judged (accepted samples/s)", f => $"{f.InOrder.Judged}", "0.3"),
        ("the same, scattered", f => $"{f.Scattered.Judged}", "0.65"),
        ("CPU s a million samples of a backlog, in order (accepted samples/s)", f => $"{f.InOrder.Backlog}", ""),
        ("the same, scattered", f => $"{f.Scattered.Backlog}", ""),
        ("CPU s a million samples of the first tick, in order / scattered", f => $"{Whole(f.InOrder.Registration)} / {Whole(f.Scattered.Registration)}", ""),
        ("bytes a series, 1 h of points: RSS over the empty process", f => Whole(f.ResidentBytesOfSeries), ""),
        ("the same after a forced collection", f => Whole(f.ResidentBytesOfSeriesCollected), "1,400"),
        ("the same of the heap alone, after that collection", f => Whole(f.HeapBytesOfSeries), ""),
        ("% of a core, nothing sent, the fleet known", f => Percent(f.IdleCpu), ""),
        ("% of a core at the true rate, a tenth of the fleet a request", f => Percent(f.AgentCpu), "3"),
        ("% of a core at the true rate, an endpoint a request", f => Percent(f.OwnCpu), "3"),
        ("first bad sample to webhook, ms, p50 / p99, an endpoint a request", f => $"{f.Page}", "p99 25"),
        ("the same, a tenth of the fleet a request", f => $"{f.PageOfAgent}", ""),
        ("the same by the shipped rule `errors` (for 2m), an endpoint a request", f => $"{f.PageOfDefaults}", ""),
        ("`GET …/endpoints/{e}`, ms, p50 / p99", f => $"{f.State}", "p99 5"),
        ("the worst 20, ms, p50 / p99", f => $"{f.Worst}", "p99 1"),
        ("points refused · pages that did not come · requests sent over 100 ms late", f => $"{f.Rejected:0} · {f.Lost} · {f.Late}", "0 · 0 · 0"),
    ];

    /// <param name="given">--endpoints E (repeatable; 10, 100, 1000) --ticks N --trials N --default-trials N --quick --worst PATH --server PATH</param>
    /// <param name="output">Takes the page.</param>
    /// <returns>0: it could be measured, and nothing was refused or lost.</returns>
    public static async Task<int> RunAsync(string[] given, TextWriter output)
    {
        FleetPlan plan = new(new Arguments(given));
        ResultPage page = new("fleet", "What a fleet costs, and how soon it pages", $"dotnet run -c Release --project tests/Benchmarks -- fleet {string.Join(' ', given)}".TrimEnd());
        await Cores.PinSenderAsync();
        List<FleetFigures> all = [];
        foreach (int size in plan.Sizes)
        {
            FleetFigures figures = new(size);
            await new FleetMeasurement(plan, figures).RunAsync();
            all.Add(figures);
        }

        page.Text($"""
            Server on core 0, sender and webhook on core 1, loopback. E endpoints x 2 components x (12 series + 8 GPUs x 4 series),
            one point each 10 s; all shipped rules and one that pages at the first bad sample (`tests/Benchmarks/Fleet/fleet-rules.yaml`:
            for 0, groupWait 0), durable store on disk, outbox in the path. Processor time is the server's. "Every row judged": {plan.JudgedTicks}
            ticks after an hour of points, a little ahead of the clock; in a backlog only the newest row is judged, whatever its
            length. Bad samples come in pushes that are due anyway; a trial is another component. Queries: one connection,
            warm, while the fleet sends at its true rate. The worst 20: `{plan.WorstPath}`.
            """);
        page.Table(
            ["", .. all.Select(f => $"E = {f.Endpoints} ({f.Endpoints * FleetBodies.SeriesOfEndpoint:N0} series)"), "aim at E = 1000"],
            Rows.Select(row => (IEnumerable<string>)[row.What, .. all.Select(row.Figure), row.Aim]));
        foreach (FleetFigures figures in all.Where(f => f.Errors.Count > 0))
        {
            page.Text($"Faults at E = {figures.Endpoints}:\n\n{string.Join('\n', figures.Errors.Select(e => $"- {e}"))}");
        }

        await page.WriteAsync(output);
        return all.Any(f => f.Lost > 0 || f.Rejected > 0) ? 1 : 0;
    }

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
