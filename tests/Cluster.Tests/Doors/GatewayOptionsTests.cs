using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Options;
using Grainwatch.Hosting.Options;
using Microsoft.AspNetCore.Builder;

namespace Grainwatch.Cluster.Tests.Doors;

public sealed class GatewayOptionsTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Start_WithManyFaults_NamesEveryOneAtOnce()
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => gateway.StartGatewayAsync(
            ("Grainwatch:Limits:BodyBytesMax", "0"), ("Grainwatch:Limits:RetryAfter", "soon"), ("Grainwatch:Limits:Bodybytes", "1"),
            ("Grainwatch:Events:ViewersMax", "0"), ("Grainwatch:FleetMetrics:Enabled", "perhaps"),
            ("Grainwatch:Mapping:Endpoint", ""), ("Grainwatch:Mapping:Gpu", "card,InstanceId"), ("Grainwatch:Mapping:Copy:0", "le")));
        IReadOnlyList<string> faults = SectionExtensions.FaultsOf(refused);
        string[] expected =
        [
            "Grainwatch:Limits:BodyBytesMax is 0; it must be from 1024 to 1073741824",
            "Grainwatch:Limits:RetryAfter is 'soon', which is no length of time",
            "Grainwatch:Limits:Bodybytes is no option; there are ",
            "Grainwatch:Events:ViewersMax is 0",
            "Grainwatch:FleetMetrics:Enabled is 'perhaps', which is no true or false",
            "Grainwatch:Mapping:Endpoint is empty",
            "Grainwatch:Mapping:Gpu holds 'InstanceId', which Instance holds too",
            "Grainwatch:Mapping:Copy holds 'le', which is read by the product itself",
        ];
        Assert.All(expected, e => Assert.Contains(faults, f => f.StartsWith(e, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, faults.Count);
    }

    [Fact]
    public async Task Map_WithAMappingOfOnesOwn_IsTheSameAtBothDoors()
    {
        await using WebApplication app = await gateway.StartGatewayAsync(
            ("Grainwatch:Mapping:Endpoint", "service.name,svc"), ("Grainwatch:Mapping:Component:0", "role"), ("Grainwatch:Mapping:Aggregated", "shard"),
            ("Grainwatch:Mapping:Dropped", "__name__,job,instance"), ("Grainwatch:Mapping:SeparateAccounts", "true"));
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        long now = Support.Doors.Now;
        RemoteWriteBody body = new();
        foreach (string shard in (string[])["a", "b"])
        {
            body.Add(
                new Dictionary<string, string> { ["__name__"] = "vllm:num_requests_waiting", ["svc"] = "own-rw", ["role"] = "llama", ["shard"] = shard, ["cloud.region"] = "eu-1" },
                (now, 2));
        }

        using HttpResponseMessage written = await http.PostAsync("/api/v1/write", body.Compressed(), Support.Doors.Protobuf, "snappy");
        Assert.True(written.IsSuccessStatusCode);
        OtlpTestPoint[] points = [.. ((string[])["a", "b"]).Select(s => new OtlpTestPoint(now, 2) { Attributes = new() { ["role"] = "llama", ["shard"] = s } })];
        using HttpResponseMessage otlp = await http.PostAsync(
            "/v1/metrics", OtlpBody.Protobuf(new() { ["service.name"] = "own-otlp", ["cloud.region"] = "eu-1" }, new OtlpTestMetric("vllm:num_requests_waiting", "gauge", points)), Support.Doors.Protobuf);
        Assert.True(otlp.IsSuccessStatusCode);
        Assert.Equal(["E/llama queue_depth 0s:4"], await http.SeriesAsync("eu-1/own-rw"));
        Assert.Equal(["E/llama queue_depth 0s:4"], await http.SeriesAsync("eu-1/own-otlp"));
    }
}
