using System.Diagnostics;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.DynamoDB.Tests.Support;

/// <summary>
/// An independent DynamoDB on loopback: the moto server, one request at a time. It checks no signatures. What is tested here is our
/// side of a race, not the server's.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private Process? _process;

    public Uri Url { get; private set; } = new("http://127.0.0.1:1");

    public async Task InitializeAsync()
    {
        int port = Loopback.FreePort();
        Url = new Uri($"http://127.0.0.1:{port}");
        string python = Environment.GetEnvironmentVariable("GRAINWATCH_MOTO_PYTHON") ?? "python3";
        string script = Path.Combine(Repository.Root, "deploy/compose/moto_in_turn.py");
        _process = Process.Start(new ProcessStartInfo(python, [script, "127.0.0.1", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using HttpClient http = new() { BaseAddress = Url };
        using CancellationTokenSource end = new(StartMax);
        while (true)
        {
            try
            {
                using HttpResponseMessage ready = await http.GetAsync("/moto-api/", end.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(50, end.Token);
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
