using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Topology;
using Microsoft.AspNetCore.Builder;

namespace Grainwatch.Cluster.Tests;

public sealed class GatewayTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Api = "/api/grainwatch/v1";

    [Theory]
    [InlineData($"{Api}/endpoints/nobody", HttpStatusCode.NotFound)]
    [InlineData($"{Api}/endpoints/nobody/components/x", HttpStatusCode.NotFound)]
    [InlineData($"{Api}/endpoints/nobody/gpus/i/0", HttpStatusCode.NotFound)]
    [InlineData($"{Api}/incidents/none", HttpStatusCode.NotFound)]
    [InlineData($"{Api}/incidents?state=maybe", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/nothing", HttpStatusCode.NotFound)]
    [InlineData($"{Api}/fleet?limit=0", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/fleet?limit=501", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/fleet?limit=many", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/fleet?cursor=%21%21", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/fleet?order=best", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/fleet?order=worst&limit=101", HttpStatusCode.BadRequest)]
    [InlineData($"{Api}/fleet?order=worst&cursor=YQ", HttpStatusCode.BadRequest)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/write", HttpStatusCode.MethodNotAllowed)]
    public async Task Get_WhatCannotBeAnswered_IsAProblemDocument(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await gateway.Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/healthz", "ok")]
    [InlineData("/readyz", "ready")]
    public async Task Get_Health_SaysHowItIs(string path, string expected)
    {
        JsonElement answer = await gateway.Http.GetFromJsonAsync<JsonElement>(path);
        Assert.Equal(expected, answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Get_Fleet_PagesByCursorWithoutGapOrRepeat()
    {
        string[] names = [.. Enumerable.Range(0, 7).Select(i => $"paged-{i}")];
        foreach (string name in names)
        {
            await new SickEndpoint(name, gateway.Grains).DeclareAsync();
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            JsonElement page = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/fleet?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(1, page.GetProperty("v").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("endpoint").GetString()!));
            cursor = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.Equal(names, seen.Where(s => s.StartsWith("paged-", StringComparison.Ordinal)));
        Assert.Equal(seen.Distinct(), seen);
    }

    [Fact]
    public async Task Get_FleetWorstFirst_OrdersBySeverityThenIncidentsThenVerdictsOverAllShards()
    {
        (string Name, string? Severity, int Open, int True)[] fleet =
            [("worst-a", null, 0, 9), ("worst-b", "page", 1, 1), ("worst-c", "warn", 5, 5), ("worst-d", "page", 2, 0), ("worst-e", null, 0, 0)];
        foreach ((string name, string? severity, int open, int isTrue) in fleet)
        {
            string key = EntityId.ForEndpoint(name).Key;
            FleetLine line = new(name, key, "recorded", null, 1, 0, 1, isTrue, open, severity);
            Assert.True(await gateway.Grains.GetGrain<IFleetShardGrain>(FleetShards.Of(key)).Report(line, null, CancellationToken.None));
        }

        await using WebApplication app = await gateway.StartGatewayAsync();
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        JsonElement page = await http.GetFromJsonAsync<JsonElement>($"{Api}/fleet?order=worst");

        Assert.Equal(
            ["worst-d", "worst-b", "worst-c", "worst-a", "worst-e"],
            page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("endpoint").GetString()!).Where(n => n.StartsWith("worst-", StringComparison.Ordinal)));
        JsonElement first = await http.GetFromJsonAsync<JsonElement>($"{Api}/fleet?order=worst&limit=1");
        Assert.Equal("worst-d", Assert.Single(first.GetProperty("items").EnumerateArray()).GetProperty("endpoint").GetString());
        Assert.True(first.GetProperty("truncated").GetBoolean());
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("step=0")]
    [InlineData("step=NaN")]
    [InlineData("from=2026-03-02T10:00:00Z&to=2026-03-02T09:00:00Z")]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z")]
    public async Task Get_SeriesOfARangeThatCannotBe_IsAProblemDocument(string query)
    {
        await new SickEndpoint("ranges", gateway.Grains).DeclareAsync();
        using HttpResponseMessage answer = await gateway.Http.GetAsync($"{Api}/endpoints/ranges/series?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_WhatIsBelowAnEndpoint_ShowsWindowsAndChartsByStep()
    {
        SickEndpoint endpoint = new("below", gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        JsonElement component = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/below/components/model");
        Assert.Equal(["errors_5xx", "latency", "requests"], component.GetProperty("windows").EnumerateArray().Select(w => w.GetProperty("metric").GetString()));
        Assert.NotEqual(0, component.GetProperty("verdicts").GetArrayLength());
        JsonElement gpu = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/below/gpus/i-1/0");
        Assert.Equal("below/i-1/0", gpu.GetProperty("entity").GetString());
        using HttpResponseMessage unknown = await gateway.Http.GetAsync($"{Api}/endpoints/below/gpus/i-1/9");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        string range = "from=2026-03-02T09:00:00Z&to=2026-03-02T09:09:59Z";
        JsonElement minutes = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/below/series?metric=requests&step=60&{range}");
        JsonElement chart = Assert.Single(minutes.GetProperty("items").EnumerateArray());
        Assert.Equal(10, chart.GetProperty("times").GetArrayLength());
        Assert.Equal("2026-03-02T09:00:00.000Z", chart.GetProperty("times")[0].GetString());
        Assert.Equal(41, chart.GetProperty("values")[0].GetDouble(), 6);
        JsonElement nothing = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/below/series?metric=requests&entity=below/i-1/0&{range}");
        Assert.Empty(nothing.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Get_AnIncident_HasCausesMembersAndNotifications()
    {
        SickEndpoint endpoint = new("over-http", gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        JsonElement list = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/incidents?state=open&endpoint=over-http");
        JsonElement incident = Assert.Single(list.GetProperty("items").EnumerateArray());
        JsonElement alone = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/incidents/{incident.GetProperty("id").GetString()}");
        Assert.Equal(1, alone.GetProperty("v").GetInt32());
        Assert.Equal("page", alone.GetProperty("severity").GetString());
        Assert.NotEqual(0, alone.GetProperty("members").GetArrayLength());
        Assert.Equal("FIRING", alone.GetProperty("notifications")[0].GetProperty("kind").GetString());

        JsonElement chart = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/over-http/series?metric=errors_5xx&step=60");
        JsonElement series = Assert.Single(chart.GetProperty("items").EnumerateArray());
        Assert.Equal(series.GetProperty("times").GetArrayLength(), series.GetProperty("values").GetArrayLength());
        JsonElement alerts = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Api}/alerts");
        Assert.Contains(alerts.GetProperty("items").EnumerateArray(), a => a.GetProperty("entity").GetString() == "over-http/model");
    }
}
