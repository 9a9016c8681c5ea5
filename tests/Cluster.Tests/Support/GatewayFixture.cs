using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>A gateway on a loopback port before a cluster in which one endpoint has an open incident.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    public const string Api = GatewayExtensions.ApiRoot;

    private readonly ClusterFixture _cluster = new();
    private WebApplication _app = null!;

    public HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _cluster.InitializeAsync();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_cluster.Grains);
        builder.Services.AddGrainwatchGateway();
        _app = builder.Build();
        _app.MapGrainwatchGateway();
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };

        SickEndpoint sick = new("sick", _cluster.Grains);
        await sick.DeclareAsync();
        await sick.FeedAsync(60, failing: 0);
        await sick.FeedAsync(40, failing: 0.5);
        SickEndpoint well = new("well", _cluster.Grains);
        await well.DeclareAsync();
        await well.FeedAsync(6, failing: 0);
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement[]> ItemsAsync(string path) => [.. (await GetAsync(path)).GetProperty("items").EnumerateArray()];

    public async Task<HttpResponseMessage> WriteAsync(byte[] body)
    {
        using ByteArrayContent content = new(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-protobuf");
        content.Headers.TryAddWithoutValidation("Content-Encoding", "snappy");
        return await Http.PostAsync("/api/v1/write", content);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
