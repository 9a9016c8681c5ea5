using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Ingest.RemoteWrite;
using Grainwatch.Grains.Ingest;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>The short way of a sample, by the hash of its labels, against the long one.</summary>
public sealed class FrameTests(GatewayFixture gateway, ITestOutputHelper output) : IClassFixture<GatewayFixture>
{
    private const int Seed = 20261124;
    private static readonly string[] Gauges = ["vllm:kv_cache_usage_perc", "vllm:num_requests_waiting"];
    private static readonly string[] Counters = ["vllm:generation_tokens_total", "vllm:prompt_tokens_total"];
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 10_000 * 10_000;

    /// <summary>
    /// Repeats, corrections, points out of order, resets: whatever comes, a series that is known by its hash holds what one
    /// holds whose labels were read each time.
    /// </summary>
    [Fact]
    public async Task Write_AnySamples_SeriesKnownByTheirHashesHoldWhatLabelledOnesHold()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        double[] totals = [0, 0];
        for (int round = 0; round < 40; round++)
        {
            List<(string Name, long Time, double Value)> samples = [];
            foreach (string gauge in Gauges)
            {
                for (int i = random.Next(3); i > 0; i--)
                {
                    samples.Add((gauge, Now - 400_000 + (10_000 * random.Next(40)) + (random.Next(2) * 3_000), random.Next(9)));
                }
            }

            for (int c = 0; c < Counters.Length; c++)
            {
                totals[c] = random.Next(8) == 0 ? random.Next(5) : totals[c] + random.Next(50);
                samples.Add((Counters[c], Now - 400_000 + (10_000 * round), totals[c]));
            }

            (string Name, long Time, double Value)[] shuffled = [.. samples];
            random.Shuffle(shuffled);
            await PostAsync(Body(shuffled, "known", "engine"));
            await PostAsync(Body(shuffled, "labelled", $"engine-{round}"));
        }

        foreach (string metric in new[] { "kv_cache_usage", "queue_depth", "generation_tokens", "prompt_tokens" })
        {
            Assert.Equal(await PointsAsync("labelled", metric), await PointsAsync("known", metric));
        }

        Assert.Equal(Gauges.Length + Counters.Length, Gauges.Concat(Counters).Count(n => Holders(Body([(n, Now, 1)], "known", "engine")) == 1));
    }

    [Fact]
    public async Task Write_OwnerGoneSince_TheSeriesFindsTheNextOne()
    {
        RemoteWriteBody first = Body([("vllm:num_requests_waiting", Now - 20_000, 3)], "moved", "engine");
        await PostAsync(first);
        Assert.Equal(1, Holders(first));

        await gateway.Cluster.DeactivateAsync(gateway.Grains.GetGrain<IEndpointGrain>("moved"));
        await PostAsync(Body([("vllm:num_requests_waiting", Now - 10_000, 5)], "moved", "engine"));

        Assert.Equal($"{Now - 20_000}=3 {Now - 10_000}=5", await PointsAsync("moved", "queue_depth"));
    }

    [Fact]
    public async Task Write_KnownSeriesFromAClockThatRunsAhead_IsRefusedByName()
    {
        await PostAsync(Body([("vllm:num_requests_waiting", Now - 10_000, 3)], "ahead", "engine"));
        using HttpResponseMessage answer = await SendAsync(Body([("vllm:num_requests_waiting", Now + 3_600_000, 4)], "ahead", "engine"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("TooFarAhead: 1", error.GetProperty("detail").GetString());
        Assert.Equal("ahead", error.GetProperty("series").GetString());
    }

    private static RemoteWriteBody Body(IEnumerable<(string Name, long Time, double Value)> samples, string endpoint, string job)
    {
        RemoteWriteBody body = new();
        foreach ((string name, long time, double value) in samples)
        {
            body.Add(
                new Dictionary<string, string> { ["__name__"] = name, ["component"] = "llama", ["endpoint"] = endpoint, ["instance"] = "10.0.0.1:8000", ["job"] = job },
                (time, value));
        }

        return body;
    }

    /// <summary>How many silos know the first series of a body by its hash.</summary>
    private int Holders(RemoteWriteBody body)
    {
        SourceHash hash = gateway.App.Services.GetRequiredService<RemoteWriteReader>().Read(body.Compressed()).Samples.Series[0];
        return gateway.Cluster.Silos.Count(s => s.ServiceProvider.GetRequiredService<SeriesDirectory>().Find(hash) is not null);
    }

    private async Task<string> PointsAsync(string endpoint, string metric)
    {
        string to = Signals.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(1)).ToString();
        JsonElement page = await gateway.Http.GetFromJsonAsync<JsonElement>($"/api/grainwatch/v1/endpoints/{endpoint}/series?metric={metric}&to={to}");
        JsonElement chart = Assert.Single(page.GetProperty("items").EnumerateArray());
        return string.Join(' ', chart.GetProperty("times").EnumerateArray().Zip(chart.GetProperty("values").EnumerateArray(), (time, value) =>
            $"{Signals.Timestamp.Parse(time.GetString()!).UnixMs}={value.GetDouble().ToString(CultureInfo.InvariantCulture)}"));
    }

    private async Task PostAsync(RemoteWriteBody body)
    {
        using HttpResponseMessage answer = await SendAsync(body);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(RemoteWriteBody body)
    {
        using ByteArrayContent content = new(body.Compressed());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return await gateway.Http.PostAsync("/api/v1/write", content);
    }
}
