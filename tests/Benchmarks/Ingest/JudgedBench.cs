using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
namespace Grainwatch.Benchmarks.Ingest;
internal static class JudgedBench
{
    // E ticks speed wrapper
    public static async Task<int> RunAsync(string[] a)
    {
        int e = int.Parse(a[0], CultureInfo.InvariantCulture), ticks = int.Parse(a[1], CultureInfo.InvariantCulture);
        double speed = double.Parse(a[2], CultureInfo.InvariantCulture);
        string? wrapper = a.ElementAtOrDefault(3) is "-" ? null : a.ElementAtOrDefault(3);
        bool scattered = a.Contains("scattered");
        FleetBodies fleet = new(e, scattered, 1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        long t0 = now.ToUnixTimeMilliseconds() / 10000 * 10000;
        List<IReadOnlyList<byte[]>> bodies = [];
        Stopwatch gen = Stopwatch.StartNew();
        for (int t = 0; t < ticks; t++) bodies.Add(fleet.Tick(t0 + t * 10000L));
        Console.Error.WriteLine($"generated in {gen.Elapsed.TotalSeconds:0.0} s");
        // Clock: at wall W0 shows t0. FastClock has one origin for both, so scale time so that at generation end it shows t0
        DateTimeOffset w0 = DateTimeOffset.UtcNow;
        string folder = Directory.CreateTempSubdirectory("gw-judged").FullName;
        string self = Path.Combine(AppContext.BaseDirectory, "Grainwatch.Benchmarks");
        List<string> args = ["-c", "0"]; if (wrapper is not null) args.Add(wrapper);
        args.AddRange([self, "serve", w0.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), speed.ToString(CultureInfo.InvariantCulture), folder]);
        FastClock clock = new(w0, speed);
        ProcessStartInfo start = new("taskset", args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process p = Process.Start(start)!;
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        p.OutputDataReceived += (_, l) => { if (l.Data is { } d) { int i = d.IndexOf("listening on ", StringComparison.Ordinal); if (i >= 0) address.TrySetResult(new Uri(d[(i + 13)..].Split("/api")[0])); } };
        p.ErrorDataReceived += (_, l) => { if (l.Data is { } d) Console.Error.WriteLine("  | " + d); };
        p.BeginOutputReadLine(); p.BeginErrorReadLine();
        try
        {
            Uri url = await address.Task.WaitAsync(TimeSpan.FromSeconds(60));
            Process.GetCurrentProcess().ProcessorAffinity = 2;
            using HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 4 });
            long shift = w0.ToUnixTimeMilliseconds() - t0; // clock runs from w0; bodies from t0 <= w0: rows are within shift ms late at start
            int sent = 0, last = -1; TimeSpan cpu0 = default; Stopwatch w = Stopwatch.StartNew();
            double regCpu = 0; double rss = 0;
            while (true)
            {
                long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
                int row = (int)((nowMs - t0) / 10000);
                if (row >= ticks) break;
                if (row == last || row < 0) { await Task.Delay(1); continue; }
                last = row;
                await Send(client, url, bodies[row]);
                sent++;
                if (sent == 3) { p.Refresh(); cpu0 = p.TotalProcessorTime; w.Restart(); regCpu = cpu0.TotalSeconds; Console.Error.WriteLine($"registered at row {row}"); }
            }
            p.Refresh();
            double cpu = (p.TotalProcessorTime - cpu0).TotalSeconds, wall = w.Elapsed.TotalSeconds;
            double n = (double)(sent - 3) * e * 88;
            string line = File.ReadLines($"/proc/{p.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            rss = 1024.0 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            string metrics = await client.GetStringAsync(new Uri(url, "/metrics"));
            foreach (string m in metrics.Split('\n').Where(m => (m.Contains("judged") || m.Contains("gc_collections") || m.Contains("heap_total_allocated") || m.Contains("verdicts") || m.Contains("last_collection")) && !m.StartsWith('#'))) Console.Error.WriteLine(m);
            Console.WriteLine($"E={e} sent {sent} ticks, {n:N0} samples, {n / wall:N0}/s, CPU {cpu:0.00} s of {wall:0.00}, {cpu / n * 1e6:0.000} s/M, reg {regCpu:0.0} s, rss {rss / 1e6:0} MB, {rss / (e * 88):0} B/series");
        }
        finally { p.Kill(); p.WaitForExit(); Directory.Delete(folder, true); }
        return 0;
    }
    private static async Task Send(HttpClient client, Uri url, IReadOnlyList<byte[]> tick)
    {
        await Parallel.ForEachAsync(tick, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (body, c) =>
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.ContentEncoding.Add("snappy");
            content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
            using HttpResponseMessage r = await client.PostAsync(new Uri(url, "/api/v1/write"), content, c);
            if (!r.IsSuccessStatusCode) Console.Error.WriteLine($"{(int)r.StatusCode}: {(await r.Content.ReadAsStringAsync(c))}");
        });
    }
}
