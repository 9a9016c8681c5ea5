using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>What the gateway says of itself and shows to people.</summary>
public sealed class SurfaceTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "options", "head", "trace"];

    [Fact]
    public async Task Get_OpenApi_HoldsEveryRouteOfTheAppWithASummary()
    {
        JsonElement document = await gateway.Http.GetFromJsonAsync<JsonElement>("/openapi.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        HashSet<string> described =
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Where(m => Methods.Contains(m.Name)).Select(m => $"{m.Name} {p.Name}")),
        ];
        string[] mapped =
        [
            .. gateway.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => $"{m.ToLowerInvariant()} /{e.RoutePattern.RawText!.Trim('/')}"))
                .Where(r => !r.StartsWith("head ", StringComparison.Ordinal)),
        ];
        Assert.True(mapped.Length > 20);
        Assert.Empty(mapped.Except(described));
        Assert.All(document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Where(m => Methods.Contains(m.Name))),
            m => Assert.NotEqual("", m.Value.GetProperty("summary").GetString()));
        JsonElement write = document.GetProperty("paths").GetProperty("/v1/metrics").GetProperty("post");
        Assert.True(write.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/x-protobuf", out _));
        Assert.True(write.GetProperty("responses").TryGetProperty("429", out _));
    }

    [Fact]
    public async Task Get_Metrics_TellsOrleansTheRuntimeAndTheDoors()
    {
        string text = await gateway.Http.GetStringAsync("/metrics");
        Assert.Contains("\ndotnet_", text, StringComparison.Ordinal);
        Assert.Contains("\nkestrel_", text, StringComparison.Ordinal);
        Assert.Contains("\norleans_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FleetMetrics_AreOffUntilSwitchedOn()
    {
        using HttpResponseMessage off = await gateway.Http.GetAsync("/metrics/fleet");
        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
        SickEndpoint endpoint = new("fleet \"metrics\"", gateway.Grains);
        await endpoint.Grain.Write(
            [new(new(Signals.Topology.EntityId.ForComponent("fleet \"metrics\"", "model"), Signals.Metrics.MetricName.Of("queue_depth")), false, [Support.Doors.Now], [3])],
            CancellationToken.None);
        await using WebApplication app = await gateway.StartGatewayAsync(("Grainwatch:FleetMetrics:Enabled", "true"));
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage on = await http.GetAsync("/metrics/fleet");
        Assert.Equal("application/openmetrics-text", on.Content.Headers.ContentType!.MediaType);
        string text = await on.Content.ReadAsStringAsync();
        Assert.Contains("grainwatch_pressure{endpoint=\"fleet \\\"metrics\\\"\",entity=\"fleet \\\"metrics\\\"/model\",metric=\"queue_depth\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("grainwatch_incidents_open{endpoint=\"fleet \\\"metrics\\\"\"} 0\n", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Rules_ListsTheRulesInForceWithTheirVersions()
    {
        using HttpResponseMessage answer = await gateway.Http.GetAsync($"{Support.Doors.Api}/rules");
        JsonElement[] rules = [.. (await answer.ReadAsync()).GetProperty("items").EnumerateArray()];
        Signals.Rules.RuleSet set = Signals.Rules.RuleSet.Default;
        Assert.Equal(set.Rules.Select(r => $"{r.Id} {r.Version}").Order(StringComparer.Ordinal), rules.Select(r => $"{r.GetProperty("id")} {r.GetProperty("version")}"));
        Assert.StartsWith("\"1-", answer.Headers.ETag!.Tag, StringComparison.Ordinal);
        JsonElement one = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Support.Doors.Api}/rules/{set.Rules[0].Id}");
        Assert.NotEqual("", one.GetProperty("raise").GetString());
        using HttpResponseMessage none = await gateway.Http.GetAsync($"{Support.Doors.Api}/rules/none");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Get_Pages_EscapeWhatTheySayAndRunNothing()
    {
        const string Name = "<script>alert('x')</script>";
        SickEndpoint endpoint = new(Name, gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(40, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.9);

        // An endpoint tells the fleet of its incidents on a cadence.
        await Eventually.TrueAsync(async () => (await gateway.Http.GetStringAsync("/")).Contains("/incidents/", StringComparison.Ordinal));
        using HttpResponseMessage fleet = await gateway.Http.GetAsync("/");
        string text = await fleet.Content.ReadAsStringAsync();
        Assert.Equal("text/html", fleet.Content.Headers.ContentType!.MediaType);
        string policy = Assert.Single(fleet.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);

        string style = text[(text.IndexOf("<style>", StringComparison.Ordinal) + 7)..text.IndexOf("</style>", StringComparison.Ordinal)];
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"'sha256-{hash}'", policy, StringComparison.Ordinal);

        string link = text[text.IndexOf("/incidents/", StringComparison.Ordinal)..];
        string incident = await gateway.Http.GetStringAsync(link[..link.IndexOf('"', StringComparison.Ordinal)]);
        Assert.Contains("<h2>Probable causes</h2>", incident, StringComparison.Ordinal);
        Assert.Contains("<h2>Notifications</h2>", incident, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", incident, StringComparison.OrdinalIgnoreCase);
        using HttpResponseMessage unknown = await gateway.Http.GetAsync("/incidents/none");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
