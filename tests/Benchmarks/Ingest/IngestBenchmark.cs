using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Grainwatch.Benchmarks.Ingest;

/// <summary>
/// What a point costs: `grainwatch up` as a process of its own on one core, remote-write from here on the other.
/// Bodies are made beforehand; the first tick, which registers the series, is measured apart.
/// </summary>
internal static class IngestBenchmark
{
    private const int Connections = 4;
    private const long Interval = 10_000;
    private const string Listening = "listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="arguments">--endpoints E (repeatable) --ticks N --scattered --server PATH</param>
    /// <param name="output">Takes the table.</param>
    public static async Task RunAsync(string[] arguments, TextWriter output)
    {
        int[] sizes = [.. Arguments.Values(arguments, "--endpoints").Select(v => int.Parse(v, CultureInfo.InvariantCulture)).DefaultIfEmpty(100)];
        int ticks = int.Parse(Arguments.Values(arguments, "--ticks").FirstOrDefault() ?? "60", CultureInfo.InvariantCulture);
        string server = Arguments.Values(arguments, "--server").FirstOrDefault() ?? "src/Cli/bin/Release/net10.0/grainwatch";
        bool isScattered = arguments.Contains("--scattered");
        await output.WriteLineAsync("| endpoints | series | sender | first tick, s/M | accepted samples | samples/s | CPU s per million | resident MB | bytes a series |");
        await output.WriteLineAsync("|---|---|---|---|---|---|---|---|---|");
        foreach (int endpoints in sizes)
        {
            await output.WriteLineAsync(await MeasureAsync(server, endpoints, ticks, isScattered));
        }
    }

    private static async Task<string> MeasureAsync(string server, int endpoints, int ticks, bool isScattered)
    {
        FleetBodies fleet = new(endpoints, isScattered, seed: 1);
        // Up to now: the door refuses points that are far ahead of its clock.
        long start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / Interval * Interval) - (ticks * Interval);
        IReadOnlyList<byte[]>[] bodies = [.. Enumerable.Range(0, ticks).Select(t => fleet.Tick(start + (t * Interval)))];
        int series = endpoints * FleetBodies.SeriesOfEndpoint;

        using Server process = await Server.StartAsync(server, Patience);
        double empty = process.ResidentBytes;
        (double registrationCpu, _) = await process.MeasureAsync(() => SendAsync(process.Url, bodies[..1]));
        (double cpu, double wall) = await process.MeasureAsync(() => SendAsync(process.Url, bodies[1..]));
        double samples = (double)series * (ticks - 1);
        double resident = process.ResidentBytes;
        return string.Create(CultureInfo.InvariantCulture, $"| {endpoints} | {series:N0} | {(isScattered ? "scattered" : "in order")} | {registrationCpu / series * 1e6:0.0} | {samples:N0} | {samples / wall:N0} | {cpu / samples * 1e6:0.000} | {resident / 1e6:0} | {(resident - empty) / series:N0} |");
    }

    private static async Task SendAsync(Uri url, IReadOnlyList<byte[]>[] bodies)
    {
        using HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        foreach (IReadOnlyList<byte[]> tick in bodies)
        {
            // One tick after the other, as an agent sends them: within a tick in parallel.
            await Parallel.ForEachAsync(tick, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (body, cancellation) =>
            {
                using ByteArrayContent content = new(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                content.Headers.ContentEncoding.Add("snappy");
                content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
                using HttpResponseMessage answer = await client.PostAsync(new Uri(url, "/api/v1/write"), content, cancellation);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
                }
            });
        }
    }

    /// <summary>The process under test, pinned to the first core; ended by its id.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Process _process;
        private readonly string _folder;

        private Server(Process process, Uri url, string folder)
        {
            _process = process;
            _folder = folder;
            Url = url;
        }

        public Uri Url { get; }

        public double ResidentBytes
        {
            get
            {
                string line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
                return 1024.0 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            }
        }

        public static async Task<Server> StartAsync(string path, TimeSpan patience)
        {
            string folder = Directory.CreateTempSubdirectory("grainwatch-ingest").FullName;
            ProcessStartInfo start = new("taskset", ["-c", "0", path, "up", "--port", "0", "--data", Path.Combine(folder, "data"), "--no-recording"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            Process process = Process.Start(start) ?? throw new InvalidOperationException($"{path} does not start");
            TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is { } said && said.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and int at)
                {
                    address.TrySetResult(new Uri(said[(at + Listening.Length)..].Split("/api")[0]));
                }
            };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                return new Server(process, await address.Task.WaitAsync(patience), folder);
            }
            catch (TimeoutException)
            {
                using Server silent = new(process, new Uri("http://127.0.0.1"), folder);
                throw;
            }
        }

        /// <summary>Processor seconds of the server and seconds on the wall.</summary>
        public async Task<(double Cpu, double Wall)> MeasureAsync(Func<Task> work)
        {
            TimeSpan before = Cpu();
            Stopwatch watch = Stopwatch.StartNew();
            await work();
            return ((Cpu() - before).TotalSeconds, watch.Elapsed.TotalSeconds);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                _process.WaitForExit();
            }

            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private TimeSpan Cpu()
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }
}
