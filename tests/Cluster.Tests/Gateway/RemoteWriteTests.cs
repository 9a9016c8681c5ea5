using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Gateway;

public sealed class RemoteWriteTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Owner = "job=vllm instance=10.0.0.4:8000 component=model";

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 10_000 * 10_000;

    [Fact]
    public async Task Write_GaugesAndCounters_ArriveMappedScaledAndAsIncreases()
    {
        long start = Now - 60_000;
        RemoteWriteBody body = new RemoteWriteBody()
            .Series($"__name__=vllm:num_requests_waiting endpoint=rw-plain {Owner}", [.. Points(start, i => i)])
            .Series($"__name__=vllm:generation_tokens_total endpoint=rw-plain {Owner}", [.. Points(start, i => 1000 + (i * 50))]);
        using HttpResponseMessage response = await gateway.WriteAsync(body.Compressed());
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await AssertValuesAsync("rw-plain", "queue_depth", 0, 1, 2, 3, 4, 5);

        // The first total says where the counter stands, nothing more.
        await AssertValuesAsync("rw-plain", "generation_tokens", 50, 50, 50, 50, 50);
    }

    [Fact]
    public async Task Write_TheSameBodyTwice_ChangesNothing()
    {
        byte[] body = new RemoteWriteBody()
            .Series($"__name__=vllm:generation_tokens_total endpoint=rw-twice {Owner}", [.. Points(Now - 60_000, i => i * 7)]).Compressed();
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.WriteAsync(body)).StatusCode);
        double[] once = await ValuesAsync("rw-twice", "generation_tokens");
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.WriteAsync(body)).StatusCode);
        Assert.Equal(once, await ValuesAsync("rw-twice", "generation_tokens"));
    }

    [Fact]
    public async Task Write_HistogramBuckets_BecomePercentilesOfTheirGauge()
    {
        long start = Now - 60_000;
        RemoteWriteBody body = new();
        for (int i = 0; i < 6; i++)
        {
            foreach ((string bound, double total) in new[] { ("0.1", 50.0 * i), ("0.5", 99.0 * i), ("+Inf", 100.0 * i) })
            {
                body.Series($"__name__=vllm:time_to_first_token_seconds_bucket le={bound} endpoint=rw-buckets {Owner}", (start + (i * 10_000), total));
            }
        }

        Assert.Equal(HttpStatusCode.NoContent, (await gateway.WriteAsync(body.Compressed())).StatusCode);
        double[] median = await ValuesAsync("rw-buckets", "ttft.p50");
        Assert.NotEmpty(median);
        Assert.All(median, v => Assert.InRange(v, 0.09, 0.11));
    }

    [Fact]
    public async Task Write_StaleMarker_MeansMissingNow()
    {
        long start = Now - 60_000;
        byte[] body = new RemoteWriteBody().Series(
            $"__name__=vllm:num_requests_waiting endpoint=rw-stale {Owner}", (start, 4), (start + 10_000, 5), (start + 20_000, RemoteWriteBody.Stale)).Compressed();
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.WriteAsync(body)).StatusCode);
        await AssertValuesAsync("rw-stale", "queue_depth", 4, 5);
    }

    [Fact]
    public async Task Write_SeriesOfNobody_LieUnderUnmapped()
    {
        byte[] body = new RemoteWriteBody().Series("__name__=go_goroutines job=prometheus instance=localhost:9090", (Now, 33)).Compressed();
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.WriteAsync(body)).StatusCode);
        await AssertValuesAsync(Uri.EscapeDataString("unmapped/prometheus/localhost:9090"), "go_goroutines", 33);
    }

    [Fact]
    public async Task Write_PartlyRefused_NamesTheSeriesAndKeepsTheRest()
    {
        byte[] body = new RemoteWriteBody()
            .Series($"__name__=vllm:num_requests_waiting endpoint=rw-part {Owner}", (Now, 4))
            .Series($"endpoint=rw-part {Owner}", (Now, 4))
            .Series($"__name__=vllm:num_requests_running endpoint=rw-part {Owner}", (Now + 86_400_000, 4))
            .Compressed();
        using HttpResponseMessage response = await gateway.WriteAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((1, 2), (problem.GetProperty("accepted").GetInt32(), problem.GetProperty("rejected").GetInt32()));
        JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
        Assert.Contains(errors, e => e.GetProperty("index").GetInt32() == 1 && e.GetProperty("code").GetString() == "NoName");
        Assert.Contains(errors, e => e.GetProperty("detail").GetString() == "TooFarAhead: 1");
        await AssertValuesAsync("rw-part", "queue_depth", 4);
    }

    [Fact]
    public async Task Write_TotalFromAClockThatRunsAhead_DoesNotStopTheCounter()
    {
        long start = Now - 60_000;
        string labels = $"__name__=vllm:generation_tokens_total endpoint=rw-ahead {Owner}";
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.WriteAsync(new RemoteWriteBody().Series(labels, (start + 86_400_000, 5)).Compressed())).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.WriteAsync(new RemoteWriteBody().Series(labels, [.. Points(start, i => i * 3)]).Compressed())).StatusCode);
        await AssertValuesAsync("rw-ahead", "generation_tokens", 3, 3, 3, 3, 3);
    }

    [Theory]
    [InlineData("application/x-protobuf;proto=io.prometheus.write.v2.Request", "snappy", 415)]
    [InlineData("application/x-protobuf", "gzip", 415)]
    [InlineData("application/x-protobuf", "snappy", 400)]
    public async Task Write_NotWhatIsSpoken_IsAProblem(string type, string encoding, int status)
    {
        using ByteArrayContent content = new("not snappy at all"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using HttpResponseMessage response = await gateway.Http.PostAsync("/api/v1/write", content);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Write_MutatedBodies_NeverFailTheServer()
    {
        const int Default = 2_000;
        const int Seed = 20260302;
        int steps = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int asked) && asked > Default ? asked : Default;
        Random random = new(Seed);
        byte[] message = new RemoteWriteBody()
            .Series($"__name__=vllm:num_requests_waiting endpoint=rw-fuzz {Owner}", [.. Points(Now - 60_000, i => i)])
            .Series($"__name__=vllm:time_to_first_token_seconds_bucket le=0.5 endpoint=rw-fuzz {Owner}", (Now, 4))
            .Series("__name__=up job=prometheus instance=localhost:9090", (Now, 1)).Message;
        using CancellationTokenSource hang = new(TimeSpan.FromMinutes(5));
        for (int step = 0; step < steps; step++)
        {
            // Half of them are broken inside an intact snappy block, so that the decoder behind it is reached.
            byte[] body = step % 2 == 0
                ? Snappier.Snappy.CompressToArray(Mutate(message, random))
                : Mutate(Snappier.Snappy.CompressToArray(message), random);
            using HttpResponseMessage response = await gateway.WriteAsync(body).WaitAsync(hang.Token);
            Assert.True((int)response.StatusCode is 204 or 400, $"seed {Seed}, step {step}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()} {Convert.ToHexString(body)}");
        }

        Assert.Equal("ready", (await gateway.GetAsync("/readyz")).GetProperty("status").GetString());
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 9)));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<(long UnixMs, double Value)> Points(long start, Func<int, double> value) =>
        Enumerable.Range(0, 6).Select(i => (start + (i * 10_000L), value(i)));

    private async Task AssertValuesAsync(string endpoint, string metric, params double[] expected) =>
        Assert.Equal(expected, await ValuesAsync(endpoint, metric));

    private async Task<double[]> ValuesAsync(string endpoint, string metric)
    {
        string to = Signals.Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(1)).ToString();
        JsonElement[] charts = await gateway.ItemsAsync($"{GatewayFixture.Api}/endpoints/{endpoint}/series?metric={metric}&to={to}");
        return charts.Length == 0 ? [] : [.. Assert.Single(charts).GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
    }
}
