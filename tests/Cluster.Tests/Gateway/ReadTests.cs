using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Gateway;

public sealed class ReadTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Health_WithACluster_LivesAndIsReady()
    {
        Assert.Equal("ok", (await gateway.GetAsync("/healthz")).GetProperty("status").GetString());
        Assert.Equal("ready", (await gateway.GetAsync("/readyz")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/fleet")]
    [InlineData("/endpoints")]
    public async Task List_Endpoints_CarriesTheEnvelopeAndALineEach(string path)
    {
        JsonElement page = await gateway.GetAsync(GatewayFixture.Api + path);
        Assert.Equal(1, page.GetProperty("v").GetInt32());
        Assert.False(page.GetProperty("truncated").GetBoolean());
        Assert.False(page.TryGetProperty("next", out _));
        JsonElement sick = page.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("endpoint").GetString() == "sick");
        Assert.Equal("recorded", sick.GetProperty("clock").GetString());
        Assert.Equal(1, sick.GetProperty("gpus").GetInt32());
    }

    [Fact]
    public async Task List_TwoPages_GiveEveryItemOnce()
    {
        JsonElement first = await gateway.GetAsync($"{GatewayFixture.Api}/endpoints?limit=1");
        Assert.True(first.GetProperty("truncated").GetBoolean());
        JsonElement second = await gateway.GetAsync($"{GatewayFixture.Api}/endpoints?limit=1&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(
            ["sick", "well"],
            new[] { first, second }.Select(p => p.GetProperty("items")[0].GetProperty("endpoint").GetString()));
    }

    [Fact]
    public async Task Get_EndpointAndWhatIsBelow_ShowsWindowsAndVerdicts()
    {
        JsonElement endpoint = await gateway.GetAsync($"{GatewayFixture.Api}/endpoints/sick");
        Assert.Equal(1, endpoint.GetProperty("v").GetInt32());
        JsonElement component = await gateway.GetAsync($"{GatewayFixture.Api}/endpoints/sick/components/model");
        Assert.Equal(["errors_5xx", "latency", "requests"], component.GetProperty("windows").EnumerateArray().Select(w => w.GetProperty("metric").GetString()));
        Assert.Contains(
            component.GetProperty("verdicts").EnumerateArray(),
            v => v.GetProperty("rule").GetString() == "errors" && v.GetProperty("truth").GetString() == "True");
        JsonElement gpu = await gateway.GetAsync($"{GatewayFixture.Api}/endpoints/sick/gpus/i-1/0");
        Assert.Equal("sick/i-1/0", gpu.GetProperty("entity").GetString());
    }

    [Fact]
    public async Task Get_Series_RespectsMetricRangeAndStep()
    {
        JsonElement whole = Assert.Single(await gateway.ItemsAsync($"{GatewayFixture.Api}/endpoints/sick/series?metric=requests"));
        Assert.Equal(100, whole.GetProperty("times").GetArrayLength());
        Assert.Equal(100, whole.GetProperty("values").GetArrayLength());
        JsonElement minutes = Assert.Single(await gateway.ItemsAsync($"{GatewayFixture.Api}/endpoints/sick/series?metric=requests&step=60&from=2026-03-02T09:00:00Z&to=2026-03-02T09:09:59Z"));
        Assert.Equal(10, minutes.GetProperty("times").GetArrayLength());
        Assert.Equal("2026-03-02T09:00:00.000Z", minutes.GetProperty("times")[0].GetString());
        Assert.Equal(41, minutes.GetProperty("values")[0].GetDouble(), 6);
        Assert.Empty(await gateway.ItemsAsync($"{GatewayFixture.Api}/endpoints/sick/series?entity=sick/i-1/0&metric=requests"));
    }

    [Fact]
    public async Task Get_Incidents_ByStateAndById()
    {
        JsonElement page = await gateway.GetAsync($"{GatewayFixture.Api}/incidents?state=open");
        Assert.EndsWith("Z", page.GetProperty("asOf").GetString(), StringComparison.Ordinal);
        JsonElement open = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal("sick", open.GetProperty("endpoint").GetString());
        Assert.Empty(await gateway.ItemsAsync($"{GatewayFixture.Api}/incidents?state=resolved"));
        Assert.Empty(await gateway.ItemsAsync($"{GatewayFixture.Api}/incidents?endpoint=well"));
        string id = open.GetProperty("id").GetString()!;
        JsonElement one = await gateway.GetAsync($"{GatewayFixture.Api}/incidents/{id}");
        Assert.Equal(id, one.GetProperty("id").GetString());
        Assert.NotEmpty(one.GetProperty("members").EnumerateArray());
        JsonElement alert = Assert.Single(await gateway.ItemsAsync($"{GatewayFixture.Api}/alerts"), a => a.GetProperty("rule").GetString() == "errors");
        Assert.Equal(id, alert.GetProperty("incidentId").GetString());
    }

    [Theory]
    [InlineData("GET", "/endpoints/nobody", 404)]
    [InlineData("GET", "/endpoints/nobody/components/model", 404)]
    [InlineData("GET", "/endpoints/sick/components/nobody", 404)]
    [InlineData("GET", "/endpoints/sick/gpus/i-1/9", 404)]
    [InlineData("GET", "/incidents/nobody", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/fleet?limit=0", 400)]
    [InlineData("GET", "/fleet?limit=501", 400)]
    [InlineData("GET", "/fleet?limit=many", 400)]
    [InlineData("GET", "/fleet?cursor=***", 400)]
    [InlineData("GET", "/incidents?state=odd", 400)]
    [InlineData("GET", "/endpoints/sick/series?from=yesterday", 400)]
    [InlineData("GET", "/endpoints/sick/series?step=0", 400)]
    [InlineData("GET", "/endpoints/sick/series?step=NaN", 400)]
    [InlineData("GET", "/endpoints/sick/series?from=2026-03-02T10:00:00Z&to=2026-03-02T09:00:00Z", 400)]
    [InlineData("GET", "/endpoints/sick/series?from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z", 400)]
    [InlineData("DELETE", "/fleet", 405)]
    public async Task Request_ThatCannotBeServed_IsAnsweredByAProblem(string method, string path, int status)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), GatewayFixture.Api + path);
        using HttpResponseMessage response = await gateway.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.StartsWith("urn:grainwatch:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }
}
