using System.Net;
using System.Net.Sockets;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.Benchmarks.Scale;

/// <summary>Silos, one gateway and the moto server in the place of DynamoDB.</summary>
internal sealed class ClusterOnLoopback : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly string[] _options;
    private readonly ClusterProcess _store;
    private readonly List<(ClusterProcess Process, Uri Url)> _silos = [];
    private readonly HttpClient _http = new();
    private ClusterProcess? _gateway;

    public ClusterOnLoopback()
    {
        int port = Loopback.FreePort();
        _store = new ClusterProcess(Environment.GetEnvironmentVariable("GRAINWATCH_MOTO_PYTHON") ?? "python3", "deploy/compose/moto_in_turn.py", "127.0.0.1", $"{port}");
        _options = ["--Grainwatch:Cluster:Membership=DynamoDB", $"--Grainwatch:Cluster:Service=http://127.0.0.1:{port}", "--Grainwatch:Cluster:CreateTables=true"];
    }

    public Uri Gateway { get; private set; } = null!;

    public IReadOnlyList<ClusterProcess> Silos => [.. _silos.Select(s => s.Process)];

    public ClusterProcess GatewayProcess => _gateway!;

    /// <summary>Adds a silo and waits until it is ready.</summary>
    public async Task AddSiloAsync()
    {
        Start();
        await ReadyAsync(_silos[^1].Url);
    }

    public async Task AddGatewayAsync()
    {
        Gateway = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        _gateway = new ClusterProcess("src/Gateway/bin/Release/net10.0/Grainwatch.Gateway", [.. _options, $"--urls={Gateway}"]);
        await ReadyAsync(Gateway);
    }

    /// <summary>Kills every silo, starts as many, and waits until the gateway answers for an endpoint.</summary>
    public async Task<TimeSpan> RestartAllAsync(string endpoint)
    {
        int count = _silos.Count;
        foreach ((ClusterProcess process, _) in _silos)
        {
            process.Dispose();
        }

        _silos.Clear();
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            Start();
        }

        await AnswersAsync(new Uri(Gateway, $"/api/grainwatch/v1/endpoints/{endpoint}"));
        return System.Diagnostics.Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Endpoints in each silo.</summary>
    public async Task<int[]> SharesAsync() =>
        [.. (await Task.WhenAll(_silos.Select(s => ClusterProcess.MetricAsync(_http, s.Url, "grainwatch_endpoints")))).Select(n => (int)n)];

    public void Dispose()
    {
        _gateway?.Dispose();
        foreach ((ClusterProcess process, _) in _silos)
        {
            process.Dispose();
        }

        _store.Dispose();
        _http.Dispose();
    }

    private void Start()
    {
        Uri url = new($"http://127.0.0.1:{Loopback.FreePort()}");
        _silos.Add((new ClusterProcess("src/Silo/bin/Release/net10.0/Grainwatch.Silo",
            [.. _options, $"--urls={url}", $"--Grainwatch:Silo:Port={Loopback.FreePort()}", $"--Grainwatch:Silo:GatewayPort={Loopback.FreePort()}"]), url));
    }

    private Task ReadyAsync(Uri address) => AnswersAsync(new Uri(address, "/readyz"));

    private async Task AnswersAsync(Uri address)
    {
        using CancellationTokenSource deadline = new(Patience);
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await _http.GetAsync(address, deadline.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(100, deadline.Token);
        }
    }
}
