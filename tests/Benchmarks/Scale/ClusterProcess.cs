using System.Diagnostics;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Scale;

/// <summary>One process of a cluster on loopback; ended by its id.</summary>
internal sealed class ClusterProcess : IDisposable
{
    private readonly Process _process;

    public ClusterProcess(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");

        // Read, or it would wait for a reader one day.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>A sum of one of a process's metrics; 0 while it does not answer.</summary>
    public static async Task<double> MetricAsync(HttpClient http, Uri address, string name)
    {
        try
        {
            return Exposition.Sum(await http.GetStringAsync(new Uri(address, "/metrics")), name);
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Kill();
        _process.Dispose();
    }

    private void OnExit(object? sender, EventArgs e) => Kill();
}
