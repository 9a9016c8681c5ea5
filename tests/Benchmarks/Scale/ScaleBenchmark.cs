using System.Diagnostics;
using System.Globalization;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Scale;

/// <summary>
/// What silos cost side by side: the same fleet at its true rate and as a backlog, on one silo, on two, and with a third that joins; then
/// all die at once. Writes Results/scale.md.
/// </summary>
/// <remarks>
/// Silos, gateway, sender and store share this machine, so what two silos take on a core each is reckoned from the processor time of
/// the busier one: by how much less it has to do than the single one.
/// </remarks>
internal static class ScaleBenchmark
{
    private static readonly TimeSpan BalancedWithin = TimeSpan.FromMinutes(5);

    /// <param name="given">--endpoints 300 --seconds 120 --ticks 60</param>
    /// <param name="output">Takes the page.</param>
    public static async Task<int> RunAsync(string[] given, TextWriter output)
    {
        Arguments arguments = new(given);
        FleetBodies fleet = new(arguments.Number("--endpoints", 300));
        TimeSpan length = TimeSpan.FromSeconds(arguments.Number("--seconds", 120));
        int ticks = arguments.Number("--ticks", 60);
        ResultPage page = new("scale", "What silos cost side by side", $"dotnet run -c Release --project tests/Benchmarks -- scale {string.Join(' ', given)}".TrimEnd());
        List<(int Silos, double[] Backlog, double[] Live, int[] Shares, double Gateway, double[] Memory)> runs = [];
        double balanced = double.NaN;
        int[] before = [];
        int[] after = [];
        TimeSpan cold = default;
        foreach (int silos in (int[])[1, 2])
        {
            using ClusterOnLoopback cluster = new();
            for (int i = 0; i < silos; i++)
            {
                await cluster.AddSiloAsync();
            }

            await cluster.AddGatewayAsync();
            using RemoteWriter writer = new(cluster.Gateway, connections: 16);

            // Once through, so that every endpoint is placed and every series is known.
            await Bulk.SendAsync(fleet, writer, Bulk.UpToNow(ticks), shuffle: null);
            await Task.Delay(TimeSpan.FromSeconds(20));
            using CancellationTokenSource stop = new();
            Task feeding = new LiveFeed(fleet, writer, endpointsOfRequest: fleet.Endpoints / 10).RunAsync(stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(30));
            (double[] live, double gateway) = await MeasureAsync(cluster, () => Task.Delay(length));
            await stop.CancelAsync();
            await feeding;
            int[] shares = await cluster.SharesAsync();
            (double[] backlog, _) = await MeasureAsync(cluster, () => Bulk.SendAsync(fleet, writer, Bulk.Ahead(6), shuffle: null));
            runs.Add((silos, backlog, live, shares, gateway, [.. cluster.Silos.Select(s => s.ResidentMegabytes)]));
            if (silos == 2)
            {
                before = shares;
                Stopwatch watch = Stopwatch.StartNew();
                await cluster.AddSiloAsync();
                while (watch.Elapsed < BalancedWithin && !IsBalanced(after = await cluster.SharesAsync(), fleet.Endpoints))
                {
                    await Task.Delay(500);
                }

                balanced = watch.Elapsed.TotalSeconds;
                cold = await cluster.RestartAllAsync(fleet.Name(0));
            }
        }

        double points = length.TotalSeconds / 10 * fleet.Count / 1e6;
        double liveRatio = runs[0].Live[0] / runs[1].Live.Max();
        double backlogRatio = runs[0].Backlog[0] / runs[1].Backlog.Max();
        page.Text(string.Create(CultureInfo.InvariantCulture, $"""
            {fleet.Endpoints} endpoints, {fleet.Count:N0} series. At the true rate for {length.TotalSeconds:0} s ({points:0.00} M samples, a tenth of the fleet a request), and six rows as
            fast as they are taken. Processor seconds of each silo by the operating system.

            Two silos on a core each take {liveRatio:0.00} times what one takes at the true rate, {backlogRatio:0.00} times of a backlog (the busier silo's share decides).
            A third silo: {string.Join(", ", before)} endpoints before, {string.Join(", ", after)} after {balanced:0.0} s, of which it took a part to start.
            All three killed and three started: the gateway answers for an endpoint after {cold.TotalSeconds:0.0} s.
            """));
        page.Table(["silos", "s CPU, true rate", "s/M", "s CPU, backlog", "endpoints", "gateway s CPU", "resident, MB"], runs.Select(r => (IEnumerable<string>)
        [
            $"{r.Silos}", Join(r.Live), (r.Live.Sum() / points).ToString("0.00", CultureInfo.InvariantCulture), Join(r.Backlog), string.Join(" + ", r.Shares),
            r.Gateway.ToString("0.0", CultureInfo.InvariantCulture), Join(r.Memory),
        ]));
        await page.WriteAsync(output);
        return liveRatio >= 1.7 && balanced < BalancedWithin.TotalSeconds && cold <= TimeSpan.FromSeconds(20) ? 0 : 1;
    }

    private static async Task<(double[] Silos, double Gateway)> MeasureAsync(ClusterOnLoopback cluster, Func<Task> work)
    {
        double[] before = [.. cluster.Silos.Select(s => s.CpuSeconds)];
        double gateway = cluster.GatewayProcess.CpuSeconds;
        await work();
        return ([.. cluster.Silos.Zip(before, (s, b) => s.CpuSeconds - b)], cluster.GatewayProcess.CpuSeconds - gateway);
    }

    /// <summary>Every silo within a third of its fair share.</summary>
    private static bool IsBalanced(int[] shares, int endpoints) =>
        shares.Sum() == endpoints && shares.All(s => Math.Abs(s - ((double)endpoints / shares.Length)) <= endpoints / (3.0 * shares.Length));

    private static string Join(double[] values) => string.Join(" + ", values.Select(v => v.ToString("0.0", CultureInfo.InvariantCulture)));
}
