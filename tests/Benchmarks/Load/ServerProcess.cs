using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Grainwatch.Benchmarks.Load;

/// <summary>`grainwatch up` as a process of its own on the server's core; ended by its id.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const string DefaultPath = "src/Cli/bin/Release/net10.0/grainwatch";

    /// <summary>For so long the server answers with the metrics it has put together last.</summary>
    public static readonly TimeSpan MetricsAreKept = TimeSpan.FromSeconds(1);

    private const string Listening = "listening on ";
    private const long CollectNow = 0x800000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http = new();
    private readonly List<string> _errors;

    private ServerProcess(Process process, Uri url, string folder, List<string> errors)
    {
        _process = process;
        _folder = folder;
        _errors = errors;
        Url = url;
        // Whoever is told to end in the middle of a measurement leaves no server behind.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public Uri Url { get; }

    /// <summary>What it said on standard error: nothing, when all is well.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public bool HasExited => _process.HasExited;

    public double ResidentBytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024.0 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Processor seconds since it began.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts it on a free port, with a durable store in a folder that is its own, and plays nothing.</summary>
    /// <param name="path">Of the executable.</param>
    /// <param name="arguments">Further ones.</param>
    public static async Task<ServerProcess> StartAsync(string path, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("grainwatch-bench").FullName;
        string[] all = ["-c", Cores.Server, path, "up", "--port", "0", "--data", Path.Combine(folder, "data"), "--no-recording", .. arguments];
        ProcessStartInfo start = new("taskset", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{path} does not start");
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> errors = [];
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } said && said.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and int at)
            {
                address.TrySetResult(new Uri(said[(at + Listening.Length)..].Split("/api")[0]));
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                if (line.Data is { Length: > 0 } said && errors.Count < 1000)
                {
                    errors.Add(said);
                }
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerProcess(process, await address.Task.WaitAsync(Patience), folder, errors);
        }
        catch (TimeoutException)
        {
            using ServerProcess silent = new(process, new Uri("http://127.0.0.1"), folder, errors);
            throw new InvalidOperationException($"{path} does not listen: {string.Join('\n', silent.Errors)}");
        }
    }

    /// <summary>Processor seconds of the server and seconds on the wall while something is done.</summary>
    public async Task<(double Cpu, double Wall)> MeasureAsync(Func<Task> work)
    {
        double before = CpuSeconds;
        Stopwatch watch = Stopwatch.StartNew();
        await work();
        return (CpuSeconds - before, watch.Elapsed.TotalSeconds);
    }

    /// <summary>Has its runtime collect all garbage, as `dotnet-gcdump` does, by the runtime's own diagnostic port: the product has no door for that.</summary>
    public async Task CollectAsync()
    {
        EventPipeProvider runtime = new("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectNow);
        using EventPipeSession session = await new DiagnosticsClient(_process.Id).StartEventPipeSessionAsync([runtime], requestRundown: false, circularBufferMB: 16, CancellationToken.None);
        Task drained = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(TimeSpan.FromSeconds(3));
        await session.StopAsync(CancellationToken.None);
        await drained;
    }

    /// <summary>The sum of one of its own metrics over its labels; 0 where it has not counted yet.</summary>
    public async Task<double> MetricAsync(string name) =>
        Exposition.Sum(await _http.GetStringAsync(new Uri(Url, "/metrics")), name);

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();
}
