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
    public async Task<WebApplication> StartGatewayAsync(params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        foreach ((string key, string value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_cluster.Grains);
        builder.Services.AddGrainwatchGateway(builder.Configuration);
        WebApplication app = builder.Build();
        app.MapGrainwatchGateway();
        await app.StartAsync();
        return app;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
