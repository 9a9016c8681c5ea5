using System.Net;
using System.Text;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Doors;

public sealed class OtlpMetricsTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Path = "/v1/metrics";
    private static readonly long Now = Support.Doors.Now;

    [Fact]
    public async Task Post_DeltaSumAndHistogram_GiveTheWindowsOfTheCumulativeOnes()
    {
        await PostAsync("delta",
            new("vllm:generation_tokens_total", "sum", [new(Now - 20_000, 600), new(Now - 10_000, 300)], Temporality: 1),
            new("vllm:time_to_first_token_seconds", "histogram",
            [
                new(Now - 20_000) { Bounds = [0.1, 0.5, 1], Counts = [1, 0, 0, 0] },
                new(Now - 10_000) { Bounds = [0.1, 0.5, 1], Counts = [50, 40, 10, 0] },
            ], Temporality: 1));
        Assert.Equal(
            [
                "E/llama generation_tokens -20s:600 -10s:300", "E/llama ttft.p50 -10s:0.1", "E/llama ttft.p90 -10s:0.5", "E/llama ttft.p99 -10s:0.95",
                "E/llama ttft_histogram.count -20s:1 -10s:100",
            ],
            await gateway.Http.SeriesAsync("delta"));
    }

    [Fact]
    public async Task Post_SumThatMayFall_IsALevel()
    {
        await PostAsync("level", new OtlpTestMetric("vllm:num_requests_running", "sum", [new(Now - 20_000, 5), new(Now - 10_000, 3)], IsMonotonic: false));
        Assert.Equal(["E/llama requests_running -20s:5 -10s:3"], await gateway.Http.SeriesAsync("level"));
    }

    [Theory]
    [InlineData(0, 0.09)]
    [InlineData(2, 0.09)]
    [InlineData(5, 0.09)]
    public async Task Post_ExponentialHistogram_GivesPercentilesWithinAFifth(int scale, double tolerance)
    {
        // 1,000 values, evenly from 0.001 to 1, in buckets of the scale; then as many again.
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => i / 1000.0)];
        int Index(double value) => (int)Math.Ceiling(Math.Log2(value) * Math.Pow(2, scale)) - 1;
        int offset = values.Min(Index);
        ulong[] counts = new ulong[values.Max(Index) - offset + 1];
        foreach (double value in values)
        {
            counts[Index(value) - offset]++;
        }

        OtlpTestPoint first = new(Now - 20_000) { Scale = scale, Offset = offset, Counts = counts };
        await PostAsync($"exponential-{scale}", new OtlpTestMetric(
            "vllm:time_to_first_token_seconds", "exponentialHistogram", [first, first with { TimeUnixMs = Now - 10_000, Counts = [.. counts.Select(c => 2 * c)] }]));
        string[] series = await gateway.Http.SeriesAsync($"exponential-{scale}");
        foreach ((string percentile, double expected) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99) })
        {
            string line = Assert.Single(series, s => s.Contains($"ttft.{percentile}", StringComparison.Ordinal));
            double value = double.Parse(line[(line.LastIndexOf(':') + 1)..]);
            double worst = scale == 0 ? 0.19 : tolerance;
            Assert.InRange(value, expected * (1 - worst), expected * (1 + worst));
        }
    }

    [Fact]
    public async Task Post_ExponentialHistogramThatChangesItsScale_KeepsCounting()
    {
        await PostAsync("rescaled", new OtlpTestMetric("vllm:time_to_first_token_seconds", "exponentialHistogram",
        [
            new(Now - 30_000) { Scale = 3, Offset = -9, Counts = [1, 1, 1] },
            new(Now - 20_000) { Scale = 3, Offset = -9, Counts = [10, 10, 10], ZeroCount = 2 },
            new(Now - 10_000) { Scale = 2, Offset = -5, Counts = [20, 40], ZeroCount = 2 },
        ]));
        Assert.Contains(await gateway.Http.SeriesAsync("rescaled"), s => s.StartsWith("E/llama ttft.p90 -20s:", StringComparison.Ordinal) && s.Contains(" -10s:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_Summary_KeepsItsQuantilesAsPercentiles()
    {
        await PostAsync("summary", new OtlpTestMetric("my.latency", "summary",
            [new(Now - 10_000) { Quantiles = [(0, 0.1), (0.5, 0.2), (0.999, 3), (1, 4)], Sum = 30 }]));
        Assert.Equal(
            ["E/llama my.latency.maximum -10s:4", "E/llama my.latency.minimum -10s:0.1", "E/llama my.latency.p50 -10s:0.2", "E/llama my.latency.p99.9 -10s:3"],
            await gateway.Http.SeriesAsync("summary"));
    }

    [Fact]
    public async Task Post_ServiceWithoutEndpoint_LiesUnderUnmappedByItsServiceAndInstance()
    {
        Dictionary<string, string> resource = new() { ["service.namespace"] = "shop", ["service.name"] = "cart", ["service.instance.id"] = "pod-1", ["k8s.pod.name"] = "x" };
        using HttpResponseMessage answer = await gateway.Http.PostAsync(
            Path, OtlpBody.Protobuf(resource, new OtlpTestMetric("http.active", "gauge", [new(Now - 10_000, 3)])), Support.Doors.Protobuf);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["E http.active -10s:3"], await gateway.Http.SeriesAsync("unmapped/shop/cart/pod-1"));
    }

    [Fact]
    public async Task Post_HostMetricsOfAResource_LandAtTheInstanceAndItsGpu()
    {
        Dictionary<string, string> resource = new() { ["aws.sagemaker.endpoint.name"] = "hosts", ["host.id"] = "i-7", ["service.name"] = "dcgm" };
        using HttpResponseMessage answer = await gateway.Http.PostAsync(Path, OtlpBody.Json(resource,
            new("DCGM_FI_DEV_GPU_UTIL", "gauge", [new(Now - 10_000, 55) { Attributes = new() { ["gpu"] = "3" } }]),
            new("node_memory_MemAvailable_bytes", "gauge", [new(Now - 10_000, 1e9)])), Support.Doors.Json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["E/i-7 memory_available -10s:1E+09", "E/i-7/3 gpu_utilization -10s:0.55"], await gateway.Http.SeriesAsync("hosts"));
    }

    [Fact]
    public async Task Post_SomePointsThatCannotBe_AreAPartialSuccessInTheEncodingOfTheRequest()
    {
        OtlpTestMetric[] metrics =
        [
            new("vllm:num_requests_waiting", "gauge", [new(Now - 10_000, 7), new(0, 7)]),
            new("vllm:generation_tokens_total", "sum", [new(Now - 10_000, 7)], Temporality: 0),
            new("h", "histogram", [new(Now - 10_000) { Bounds = [1, 2], Counts = [1, 2] }, new(Now - 10_000) { Bounds = [2, 1], Counts = [1, 2, 3] }]),
            new("ahead", "gauge", [new(Now + 86_400_000, 7)]),
        ];
        using HttpResponseMessage json = await gateway.Http.PostAsync(Path, OtlpBody.Json(Resource("partial-json"), metrics), Support.Doors.Json);
        Assert.Equal(HttpStatusCode.OK, json.StatusCode);
        JsonElement partial = (await json.ReadAsync()).GetProperty("partialSuccess");
        Assert.Equal("5", partial.GetProperty("rejectedDataPoints").GetString());
        Assert.Contains("item 1 vllm:num_requests_waiting: the data point has no time", partial.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains("TooFarAhead", partial.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);

        using HttpResponseMessage protobuf = await gateway.Http.PostAsync(Path, OtlpBody.Protobuf(Resource("partial-pb"), metrics), Support.Doors.Protobuf);
        Assert.Equal(Support.Doors.Protobuf, protobuf.Content.Headers.ContentType!.MediaType);
        byte[] body = await protobuf.Content.ReadAsByteArrayAsync();
        Assert.Equal([1 << 3 | 2], body[..1]);
        Assert.Contains("the data point has no time", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Equal(["E/llama queue_depth -10s:7"], await gateway.Http.SeriesAsync("partial-pb"));
    }

    [Theory]
    [InlineData(Support.Doors.Json, "{", HttpStatusCode.BadRequest)]
    [InlineData(Support.Doors.Json, "[]", HttpStatusCode.BadRequest)]
    [InlineData(Support.Doors.Json, """{"resourceMetrics":{}}""", HttpStatusCode.BadRequest)]
    [InlineData(Support.Doors.Json, """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":5}]}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData(Support.Doors.Json, """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"x","gauge":{"dataPoints":[{"timeUnixNano":"-1"}]}}]}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData(Support.Doors.Json, "{\"unknown\":1}", HttpStatusCode.OK)]
    [InlineData(Support.Doors.Json, "{\"resourceMetrics\":null}", HttpStatusCode.OK)]
    [InlineData(Support.Doors.Protobuf, "", HttpStatusCode.OK)]
    [InlineData(Support.Doors.Protobuf, "\u0001\u0002\u0003", HttpStatusCode.BadRequest)]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, "x", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_BodiesOfAllKinds_AreAnsweredAsTheProtocolSays(string? type, string body, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await gateway.Http.PostAsync(Path, Encoding.Latin1.GetBytes(body), type);
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.BadRequest)
        {
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task Post_AnotherCompressionOrNoGzip_IsRefused()
    {
        using HttpResponseMessage other = await gateway.Http.PostAsync(Path, [1, 2, 3], Support.Doors.Protobuf, "zstd");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
        using HttpResponseMessage none = await gateway.Http.PostAsync(Path, [.. Enumerable.Range(1, 40).Select(i => (byte)i)], Support.Doors.Protobuf, "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        byte[] cut = Support.Doors.Gzip(OtlpBody.Json(Resource("cut"), new OtlpTestMetric("x", "gauge", [new(Now, 1)])))[..^9];
        using HttpResponseMessage half = await gateway.Http.PostAsync(Path, cut, Support.Doors.Json, "gzip");
        Assert.True(half.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge);
    }

    private static Dictionary<string, string> Resource(string endpoint) => new() { ["aws.sagemaker.endpoint.name"] = endpoint, ["aws.sagemaker.inference_component.name"] = "llama" };

    private async Task PostAsync(string endpoint, params OtlpTestMetric[] metrics)
    {
        using HttpResponseMessage answer = await gateway.Http.PostAsync(Path, OtlpBody.Protobuf(Resource(endpoint), metrics), Support.Doors.Protobuf);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }
}
