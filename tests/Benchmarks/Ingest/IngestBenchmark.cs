using System.Globalization;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Ingest;

/// <summary>
/// What a point costs, quickly: a backlog by remote-write into `grainwatch up`, server and sender on a core each. The
/// first tick, which makes the series known, is measured apart. The whole picture is <c>fleet</c>.
/// </summary>
internal static class IngestBenchmark
{
    /// <param name="given">--endpoints E (repeatable) --ticks N --scattered --server PATH</param>
    /// <param name="output">Takes the table.</param>
    public static async Task RunAsync(string[] given, TextWriter output)
    {
        Arguments arguments = new(given);
        int ticks = arguments.Number("--ticks", 60);
        await Cores.PinSenderAsync();
        await output.WriteLineAsync("| endpoints | series | sender | first tick, s/M | accepted samples | samples/s | CPU s per million | resident MB | bytes a series |");
        await output.WriteLineAsync("|---|---|---|---|---|---|---|---|---|");
        foreach (int endpoints in arguments.Numbers("--endpoints", 100))
        {
            await output.WriteLineAsync(await MeasureAsync(arguments.Text("--server", ServerProcess.DefaultPath), endpoints, ticks, arguments.Has("--scattered")));
        }
    }

    private static async Task<string> MeasureAsync(string path, int endpoints, int ticks, bool isScattered)
    {
        FleetBodies fleet = new(endpoints);
        Random? shuffle = isScattered ? new Random(1) : null;
        using ServerProcess server = await ServerProcess.StartAsync(path);
        using RemoteWriter writer = new(server.Url, Bulk.Connections);
        double empty = server.ResidentBytes;
        long[] times = [.. Bulk.UpToNow(ticks).Take(ticks)];
        (double registration, _) = await server.MeasureAsync(() => Bulk.SendAsync(fleet, writer, times[..1], shuffle));
        (double cpu, double wall) = await server.MeasureAsync(() => Bulk.SendAsync(fleet, writer, times[1..], shuffle));
        double samples = (double)fleet.Count * (ticks - 1);
        double resident = server.ResidentBytes;
        return string.Create(CultureInfo.InvariantCulture, $"| {endpoints} | {fleet.Count:N0} | {(isScattered ? "scattered" : "in order")} | {registration / fleet.Count * 1e6:0.0} | {samples:N0} | {samples / wall:N0} | {cpu / samples * 1e6:0.000} | {resident / 1e6:0} | {(resident - empty) / fleet.Count:N0} |");
    }
}
