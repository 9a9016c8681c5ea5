using System.Net;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>One table of inputs through three doors: the windows are the same whichever way a point came in.</summary>
public sealed class DoorConformanceTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly long Now = Support.Doors.Now;

    /// <summary>name, metric of OTLP, the same as series of remote-write, what the windows must hold of it.</summary>
    public static TheoryData<string> Cases => [.. Table.Keys];

    private static readonly Dictionary<string, (OtlpTestMetric Metric, RemoteSeries[] Remote, string[] Expected)> Table = new()
    {
        ["gauge"] = (
            new("vllm:kv_cache_usage_perc", "gauge", [new(Now - 20_000, 0.5), new(Now - 10_000, 0.75)]),
            [new("vllm:kv_cache_usage_perc", [], [(-20_000, 0.5), (-10_000, 0.75)])],
            ["E/llama kv_cache_usage -20s:0.5 -10s:0.75"]),
        ["gauge-converted"] = (
            new("KVCacheUtilization", "gauge", [new(Now - 10_000, 80) { IsInteger = true }]),
            [new("KVCacheUtilization", [], [(-10_000, 80)])],
            ["E/llama kv_cache_usage -10s:0.8"]),
        ["gauge-stale"] = (
            new("vllm:num_requests_waiting", "gauge", [new(Now - 30_000, 4), new(Now - 20_000, 5), new(Now - 10_000) { Flags = 1 }]),
            [new("vllm:num_requests_waiting", [], [(-30_000, 4), (-20_000, 5), (-10_000, BitConverter.UInt64BitsToDouble(0x7ff0000000000002))])],
            ["E/llama queue_depth -30s:4 -20s:5"]),
        ["gauge-out-of-order"] = (
            new("vllm:num_requests_waiting", "gauge", [new(Now - 10_000, 5), new(Now - 30_000, 3), new(Now - 20_000, 4)]),
            [new("vllm:num_requests_waiting", [], [(-10_000, 5), (-30_000, 3), (-20_000, 4)])],
            ["E/llama queue_depth -30s:3 -20s:4 -10s:5"]),
        ["gauge-with-parts"] = (
            new("vllm:num_requests_running", "gauge",
                [new(Now - 10_000, 5) { Attributes = new() { ["engine"] = "0" } }, new(Now - 10_000, 7) { Attributes = new() { ["engine"] = "1" } }]),
            [new("vllm:num_requests_running", new() { ["engine"] = "0" }, [(-10_000, 5)]), new("vllm:num_requests_running", new() { ["engine"] = "1" }, [(-10_000, 7)])],
            ["E/llama requests_running -10s:12"]),
        ["unknown-with-residual-label"] = (
            new("my.metric", "gauge", [new(Now - 10_000, 1.5) { Attributes = new() { ["zone"] = "a" } }]),
            [new("my.metric", new() { ["zone"] = "a" }, [(-10_000, 1.5)])],
            ["E/llama my.metric{zone=\"a\"} -10s:1.5"]),
        ["counter"] = (
            new("vllm:generation_tokens_total", "sum", [new(Now - 30_000, 1000) { IsInteger = true }, new(Now - 20_000, 1600), new(Now - 10_000, 1900)]),
            [new("vllm:generation_tokens_total", [], [(-30_000, 1000), (-20_000, 1600), (-10_000, 1900)])],
            ["E/llama generation_tokens -20s:600 -10s:300"]),
        ["counter-reset"] = (
            new("vllm:generation_tokens_total", "sum", [new(Now - 30_000, 1000), new(Now - 20_000, 1600), new(Now - 10_000, 50)]),
            [new("vllm:generation_tokens_total", [], [(-30_000, 1000), (-20_000, 1600), (-10_000, 50)])],
            ["E/llama generation_tokens -20s:600 -10s:50"]),
        ["histogram"] = (
            new("vllm:time_to_first_token_seconds", "histogram",
            [
                new(Now - 20_000) { Bounds = [0.1, 0.5, 1], Counts = [0, 0, 0, 0], Sum = 0 },
                new(Now - 10_000) { Bounds = [0.1, 0.5, 1], Counts = [50, 40, 10, 0], Sum = 30 },
            ]),
            [
                new("vllm:time_to_first_token_seconds_bucket", new() { ["le"] = "0.1" }, [(-20_000, 0), (-10_000, 50)]),
                new("vllm:time_to_first_token_seconds_bucket", new() { ["le"] = "0.5" }, [(-20_000, 0), (-10_000, 90)]),
                new("vllm:time_to_first_token_seconds_bucket", new() { ["le"] = "1.0" }, [(-20_000, 0), (-10_000, 100)]),
                new("vllm:time_to_first_token_seconds_bucket", new() { ["le"] = "+Inf" }, [(-20_000, 0), (-10_000, 100)]),
                new("vllm:time_to_first_token_seconds_sum", [], [(-20_000, 0), (-10_000, 30)]),
                new("vllm:time_to_first_token_seconds_count", [], [(-20_000, 0), (-10_000, 100)]),
            ],
            [
                "E/llama ttft.p50 -10s:0.1", "E/llama ttft.p90 -10s:0.5", "E/llama ttft.p99 -10s:0.95",
                "E/llama ttft_histogram.count -10s:100", "E/llama ttft_histogram.sum -10s:30",
            ]),
        ["duplicate"] = (
            new("vllm:generation_tokens_total", "sum", [new(Now - 20_000, 10), new(Now - 10_000, 17), new(Now - 10_000, 17)]),
            [new("vllm:generation_tokens_total", [], [(-20_000, 10), (-10_000, 17), (-10_000, 17)])],
            ["E/llama generation_tokens -10s:7"]),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Post_TheSamePointsByThreeDoors_GiveTheSameWindows(string name)
    {
        (OtlpTestMetric metric, RemoteSeries[] remote, string[] expected) = Table[name];
        RemoteWriteBody body = new();
        foreach (RemoteSeries series in remote)
        {
            Dictionary<string, string> labels = new(series.Labels)
            {
                ["__name__"] = series.Name, ["endpoint"] = $"{name}-rw", ["component"] = "llama", ["job"] = "engine", ["instance"] = "10.0.0.1:8000",
            };
            body.Add(labels, [.. series.Samples.Select(s => (Now + s.OffsetMs, s.Value))]);
        }

        using HttpResponseMessage written = await gateway.Http.PostAsync("/api/v1/write", body.Compressed(), Support.Doors.Protobuf, "snappy");
        Assert.Equal(HttpStatusCode.NoContent, written.StatusCode);
        using HttpResponseMessage protobuf = await gateway.Http.PostAsync("/v1/metrics", OtlpBody.Protobuf(Resource($"{name}-pb"), metric), Support.Doors.Protobuf);
        Assert.Equal(HttpStatusCode.OK, protobuf.StatusCode);
        Assert.Empty(await protobuf.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage json = await gateway.Http.PostAsync(
            "/v1/metrics", Support.Doors.Gzip(OtlpBody.Json(Resource($"{name}-json"), metric)), Support.Doors.Json, "gzip");
        Assert.Equal("{}", await json.Content.ReadAsStringAsync());

        Assert.Equal(expected, await gateway.Http.SeriesAsync($"{name}-rw"));
        Assert.Equal(expected, await gateway.Http.SeriesAsync($"{name}-pb"));
        Assert.Equal(expected, await gateway.Http.SeriesAsync($"{name}-json"));
    }

    private static Dictionary<string, string> Resource(string endpoint) => new()
    {
        ["service.name"] = "engine", ["service.instance.id"] = "10.0.0.1:8000", ["telemetry.sdk.language"] = "python",
        ["aws.sagemaker.endpoint.name"] = endpoint, ["aws.sagemaker.inference_component.name"] = "llama",
    };

    private sealed record RemoteSeries(string Name, Dictionary<string, string> Labels, (long OffsetMs, double Value)[] Samples);
}
