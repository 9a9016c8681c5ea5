using Grainwatch.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>The gateway on a loopback port, in front of a cluster of two silos.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly ClusterFixture _cluster = new();
    private WebApplication _app = null!;

    public HttpClient Http { get; private set; } = null!;

    public IGrainFactory Grains => _cluster.Grains;

    public RecordingPublisher Publisher => _cluster.Publisher;

    public async Task InitializeAsync()
    {
        await _cluster.InitializeAsync();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_cluster.Grains);
        builder.Services.AddGrainwatchGateway();
        _app = builder.Build();
        _app.MapGrainwatchGateway();
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
