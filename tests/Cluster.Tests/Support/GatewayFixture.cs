using Grainwatch.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>The gateway on a loopback port, in front of a cluster of two silos.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly ClusterFixture _cluster = new();
    private WebApplication _app = null!;

    public HttpClient Http { get; private set; } = null!;

    public IGrainFactory Grains => _cluster.Grains;

    /// <summary>The gateway itself: its services and routes.</summary>
    public WebApplication App => _app;

    public InProcessTestCluster Cluster => _cluster.Cluster;

    public RecordingPublisher Publisher => _cluster.Publisher;

    public async Task InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _app = await StartGatewayAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>Another gateway in front of the same cluster, with settings of its own.</summary>
    public Task<WebApplication> StartGatewayAsync(params (string Key, string Value)[] settings) =>
        TestGateway.StartAsync(_cluster.Grains, settings: settings);

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
