using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Grainwatch.DynamoDB.Tests.Support;

/// <summary>An independent DynamoDB on loopback: the moto server. It checks no signatures, and it serves requests in threads.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private Process? _process;

    public Uri Url { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>
    /// One request at a time: a transaction of this server that fails puts back the whole table as it was when it began, and so
    /// undoes what others wrote meanwhile. DynamoDB does not; what is tested here is our side of a race, not the server's.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public async Task InitializeAsync()
    {
        int port = FreePort();
        Url = new Uri($"http://127.0.0.1:{port}");
        string executable = Environment.GetEnvironmentVariable("GRAINWATCH_MOTO") ?? "moto_server";
        _process = Process.Start(new ProcessStartInfo(executable) { ArgumentList = { "-H", "127.0.0.1", "-p", $"{port}" }, RedirectStandardOutput = true, RedirectStandardError = true })!;
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

        Turn.Dispose();
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
