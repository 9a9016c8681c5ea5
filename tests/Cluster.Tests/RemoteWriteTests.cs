using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Snappier;
using Xunit.Abstractions;

namespace Grainwatch.Cluster.Tests;

public sealed class RemoteWriteTests(GatewayFixture gateway, ITestOutputHelper output) : IClassFixture<GatewayFixture>
{
    private const int Seed = 20261124;
    private const int DefaultBodies = 2_000;

    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 10_000 * 10_000;

    [Fact]
    public async Task Write_EngineSeries_LandAtTheirComponentInCanonicalUnits()
    {
        RemoteWriteBody body = new RemoteWriteBody()
            .Add(Labels("vllm:kv_cache_usage_perc", "engines"), (Now - 20_000, 0.5), (Now - 10_000, 0.75))
            .Add(Labels("vllm:generation_tokens_total", "engines"), (Now - 20_000, 1_000), (Now - 10_000, 1_600));
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(body.Compressed())).StatusCode);

        JsonElement component = await gateway.Http.GetFromJsonAsync<JsonElement>("/api/grainwatch/v1/endpoints/engines/components/llama");
        Dictionary<string, double> last = component.GetProperty("windows").EnumerateArray()
            .ToDictionary(w => w.GetProperty("metric").GetString()!, w => w.GetProperty("last").GetDouble());
        Assert.Equal(0.75, last["kv_cache_usage"], 6);
        Assert.Equal(600, last["generation_tokens"], 6);
    }

    [Fact]
    public async Task Write_Histogram_BecomesPercentilesOfTheGauge()
    {
        RemoteWriteBody body = new();
        foreach ((string le, double before, double after) in new[] { ("0.1", 0d, 50d), ("0.5", 0, 90), ("1", 0, 100), ("+Inf", 0, 100) })
        {
            Dictionary<string, string> labels = Labels("vllm:time_to_first_token_seconds_bucket", "histograms");
            labels["le"] = le;
            body.Add(labels, (Now - 20_000, before), (Now - 10_000, after));
        }

        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(body.Compressed())).StatusCode);
        JsonElement component = await gateway.Http.GetFromJsonAsync<JsonElement>("/api/grainwatch/v1/endpoints/histograms/components/llama");
        Assert.Contains(component.GetProperty("windows").EnumerateArray(), w => w.GetProperty("metric").GetString() == "ttft.p99");
    }

    [Fact]
    public async Task Write_TheSameBodyTwice_ChangesNothing()
    {
        byte[] body = new RemoteWriteBody()
            .Add(Labels("vllm:generation_tokens_total", "twice"), (Now - 30_000, 10), (Now - 20_000, 17), (Now - 10_000, 24)).Compressed();
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(body)).StatusCode);
        Assert.Equal("7 7", await ValuesAsync("twice", "generation_tokens"));
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(body)).StatusCode);
        Assert.Equal("7 7", await ValuesAsync("twice", "generation_tokens"));
    }

    [Fact]
    public async Task Write_StaleMarker_MeansMissingNow()
    {
        double stale = BitConverter.UInt64BitsToDouble(0x7ff0000000000002);
        RemoteWriteBody body = new RemoteWriteBody()
            .Add(Labels("vllm:num_requests_waiting", "stale"), (Now - 30_000, 4), (Now - 20_000, 5), (Now - 10_000, stale));
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(body.Compressed())).StatusCode);
        Assert.Equal("4 5", await ValuesAsync("stale", "queue_depth"));
    }

    [Fact]
    public async Task Write_SeriesOfNobody_LieUnderUnmapped()
    {
        Dictionary<string, string> labels = new() { ["__name__"] = "go_goroutines", ["job"] = "prometheus", ["instance"] = "localhost:9090" };
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(new RemoteWriteBody().Add(labels, (Now, 33)).Compressed())).StatusCode);
        Assert.Equal("33", await ValuesAsync(Uri.EscapeDataString("unmapped/prometheus/localhost:9090"), "go_goroutines"));
    }

    [Fact]
    public async Task Write_TotalFromAClockThatRunsAhead_IsRefusedAndDoesNotStopTheCounter()
    {
        Dictionary<string, string> labels = Labels("vllm:generation_tokens_total", "runs-ahead");
        using HttpResponseMessage answer = await PostAsync(new RemoteWriteBody().Add(labels, (Now + 86_400_000, 5)).Compressed());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("TooFarAhead: 1", problem.GetProperty("errors")[0].GetProperty("detail").GetString());
        RemoteWriteBody body = new RemoteWriteBody().Add(labels, (Now - 30_000, 10), (Now - 20_000, 13), (Now - 10_000, 16));
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(body.Compressed())).StatusCode);
        Assert.Equal("3 3", await ValuesAsync("runs-ahead", "generation_tokens"));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public async Task Write_TimesAtTheEndsOfTime_AreRefusedAndHarmNobody(long time)
    {
        Dictionary<string, string> labels = Labels("vllm:num_requests_waiting", $"ends-of-time-{time}");
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(new RemoteWriteBody().Add(labels, (Now, 1)).Compressed())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(new RemoteWriteBody().Add(labels, (time, 2)).Compressed())).StatusCode);
        Assert.Equal("1", await ValuesAsync($"ends-of-time-{time}", "queue_depth"));
    }

    [Fact]
    public async Task Write_OneSeriesWithoutName_SaysWhichAndKeepsTheRest()
    {
        RemoteWriteBody body = new RemoteWriteBody()
            .Add(new Dictionary<string, string> { ["endpoint"] = "partial" }, (Now, 1))
            .Add(Labels("vllm:num_requests_waiting", "partial"), (Now, 7));
        using HttpResponseMessage answer = await PostAsync(body.Compressed());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, problem.GetProperty("accepted").GetInt32());
        Assert.Equal(0, problem.GetProperty("errors")[0].GetProperty("index").GetInt32());
        JsonElement component = await gateway.Http.GetFromJsonAsync<JsonElement>("/api/grainwatch/v1/endpoints/partial/components/llama");
        Assert.Equal(7, component.GetProperty("windows")[0].GetProperty("last").GetDouble());
    }

    [Fact]
    public async Task Write_NoSnappyOrAnotherVersion_IsAnsweredClearly()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync([1, 2, 3, 4])).StatusCode);
        using ByteArrayContent newer = new(new RemoteWriteBody().Compressed());
        newer.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-protobuf;proto=io.prometheus.write.v2.Request");
        using HttpResponseMessage answer = await gateway.Http.PostAsync("/api/v1/write", newer);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Write_MutatedBodies_NeverA5xxAndAlwaysAReason()
    {
        int bodies = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? Math.Max(DefaultBodies, steps) : DefaultBodies;
        Random random = new(Seed);
        byte[] message = new RemoteWriteBody()
            .Add(Labels("vllm:kv_cache_usage_perc", "mutated"), (Now - 10_000, 0.5), (Now, double.NaN))
            .Add(Labels("DCGM_FI_DEV_GPU_UTIL", "mutated"), (Now, 55))
            .Add(Labels("up", "mutated"), (Now, 1)).Message();
        Dictionary<HttpStatusCode, int> seen = [];
        for (int i = 0; i < bodies; i++)
        {
            byte[] body = Mutate(message, random);
            using HttpResponseMessage answer = await PostAsync(body);
            seen[answer.StatusCode] = seen.GetValueOrDefault(answer.StatusCode) + 1;
            Assert.True((int)answer.StatusCode < 500, $"seed {Seed}, body {i}: {answer.StatusCode}");
            if (answer.StatusCode != HttpStatusCode.NoContent)
            {
                JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
                Assert.NotEqual("", problem.GetProperty("detail").GetString());
            }
        }

        output.WriteLine($"seed {Seed}, {bodies} bodies: {string.Join(", ", seen.OrderBy(s => s.Key).Select(s => $"{(int)s.Key} x {s.Value}"))}");
        Assert.True(seen.GetValueOrDefault(HttpStatusCode.BadRequest) > bodies / 4, "the mutations must hurt");
    }

    private static byte[] Mutate(byte[] message, Random random)
    {
        byte[] changed = [.. message];
        bool beforeCompression = random.Next(2) == 0;
        byte[] target = beforeCompression ? changed : Snappy.CompressToArray(changed);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            target[random.Next(target.Length)] = (byte)random.Next(256);
        }

        if (random.Next(3) == 0)
        {
            target = target[..random.Next(target.Length)];
        }

        return beforeCompression ? Snappy.CompressToArray(target) : target;
    }

    private static Dictionary<string, string> Labels(string name, string endpoint) => new()
    {
        ["__name__"] = name, ["endpoint"] = endpoint, ["component"] = "llama", ["job"] = "engine", ["instance"] = "10.0.0.1:8000",
    };

    private async Task<string> ValuesAsync(string endpoint, string metric)
    {
        string to = Signals.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(1)).ToString();
        JsonElement page = await gateway.Http.GetFromJsonAsync<JsonElement>($"/api/grainwatch/v1/endpoints/{endpoint}/series?metric={metric}&to={to}");
        JsonElement chart = Assert.Single(page.GetProperty("items").EnumerateArray());
        return string.Join(' ', chart.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return await gateway.Http.PostAsync("/api/v1/write", content);
    }
}
