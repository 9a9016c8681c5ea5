using System.Net;
using System.Text;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Snappier;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>Every bound of a request, one at a time, at a gateway with small ones.</summary>
public sealed class LimitTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IAsyncLifetime
{
    private static readonly long Now = Support.Doors.Now;
    private WebApplication _app = null!;

    private HttpClient Http { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _app = await gateway.StartGatewayAsync(
            ("Grainwatch:Limits:BodyBytesMax", "4096"), ("Grainwatch:Limits:DecompressedBytesMax", "65536"), ("Grainwatch:Limits:SeriesPerRequestMax", "5"),
            ("Grainwatch:Limits:SamplesPerRequestMax", "10"), ("Grainwatch:Limits:LabelsPerSeriesMax", "8"), ("Grainwatch:Limits:LabelBytesMax", "64"),
            ("Grainwatch:Limits:AnswersPerRequestMax", "3"), ("Grainwatch:Limits:ChangesPerRequestMax", "3"), ("Grainwatch:Limits:ConcurrentRequestsMax", "1"),
            ("Grainwatch:Limits:RetryAfter", "00:00:07"));
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/v1/write", Support.Doors.Protobuf, "snappy")]
    [InlineData("/v1/metrics", Support.Doors.Protobuf, null)]
    [InlineData("/v1/logs", Support.Doors.Json, null)]
    [InlineData($"{Support.Doors.Api}/samples", "application/jsonl", null)]
    [InlineData($"{Support.Doors.Api}/changes", Support.Doors.Json, null)]
    public async Task Post_ABodyThatIsTooLong_Is413(string path, string type, string? encoding)
    {
        using HttpResponseMessage answer = await Http.PostAsync(path, new byte[4097], type, encoding);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/v1/metrics", Support.Doors.Protobuf)]
    [InlineData("/v1/logs", Support.Doors.Json)]
    [InlineData($"{Support.Doors.Api}/samples", "application/jsonl")]
    [InlineData($"{Support.Doors.Api}/changes", Support.Doors.Json)]
    public async Task Post_AGzipBomb_Is413(string path, string type)
    {
        byte[] bomb = Support.Doors.Gzip(new byte[1 << 18]);
        Assert.InRange(bomb.Length, 1, 4096);
        using HttpResponseMessage honest = await Http.PostAsync(path, bomb, type, "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, honest.StatusCode);

        // One that lies about its length is met while it unpacks.
        bomb.AsSpan(^4..).Clear();
        using HttpResponseMessage lying = await Http.PostAsync(path, bomb, type, "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, lying.StatusCode);
    }

    [Fact]
    public async Task Post_ASnappyBomb_Is413()
    {
        using HttpResponseMessage answer = await Http.PostAsync("/api/v1/write", Snappy.CompressToArray(new byte[70_000]), Support.Doors.Protobuf, "snappy");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Post_TooManyItems_Is413AtEachDoor()
    {
        RemoteWriteBody series = new();
        for (int i = 0; i < 6; i++)
        {
            series.Add(new Dictionary<string, string> { ["__name__"] = $"m{i}" }, (Now, 1));
        }

        RemoteWriteBody samples = new RemoteWriteBody().Add(new Dictionary<string, string> { ["__name__"] = "m" }, [.. Enumerable.Range(0, 11).Select(i => (Now - i, 1.0))]);
        OtlpTestMetric metric = new("m", "gauge", [.. Enumerable.Range(0, 6).Select(i => new OtlpTestPoint(Now - i, 1))]);
        string lines = string.Join('\n', Enumerable.Range(0, 4).Select(i => $$"""{"id":"{{i}}","time":{{Now / 1000}},"endpoint":"e","response":"x"}"""));
        string changes = $"[{string.Join(',', Enumerable.Repeat("""{"kind":"restart","endpoint":"e"}""", 4))}]";
        foreach ((string path, byte[] body, string type, string? encoding) in new (string, byte[], string, string?)[]
            {
                ("/api/v1/write", series.Compressed(), Support.Doors.Protobuf, "snappy"),
                ("/api/v1/write", samples.Compressed(), Support.Doors.Protobuf, "snappy"),
                ("/v1/metrics", OtlpBody.Protobuf([], metric), Support.Doors.Protobuf, null),
                ("/v1/metrics", OtlpBody.Json([], metric), Support.Doors.Json, null),
                ($"{Support.Doors.Api}/samples", Encoding.UTF8.GetBytes(lines), "application/jsonl", null),
                ($"{Support.Doors.Api}/changes", Encoding.UTF8.GetBytes(changes), Support.Doors.Json, null),
            })
        {
            using HttpResponseMessage answer = await Http.PostAsync(path, body, type, encoding);
            Assert.Equal((path, HttpStatusCode.RequestEntityTooLarge), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Post_LabelsThatAreTooManyOrTooLong_AreRefusedSeriesBySeries()
    {
        Dictionary<string, string> many = Enumerable.Range(0, 9).ToDictionary(i => i == 0 ? "__name__" : $"l{i}", i => $"v{i}");
        RemoteWriteBody body = new RemoteWriteBody()
            .Add(many, (Now, 1))
            .Add(new Dictionary<string, string> { ["__name__"] = "long", ["l"] = new('x', 65) }, (Now, 1))
            .Add(new Dictionary<string, string> { ["__name__"] = "m", ["endpoint"] = "labels" }, (Now, 1));
        using HttpResponseMessage answer = await Http.PostAsync("/api/v1/write", body.Compressed(), Support.Doors.Protobuf, "snappy");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement problem = await answer.ReadAsync();
        Assert.Equal(["more than 8 labels", "a label of more than 64 bytes"], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("detail").GetString()));
        Assert.Equal(["E m 0s:1"], await gateway.Http.SeriesAsync("labels"));
    }

    [Theory]
    [InlineData("/api/v1/write", Support.Doors.Protobuf)]
    [InlineData("/v1/metrics", Support.Doors.Protobuf)]
    [InlineData("/v1/logs", Support.Doors.Json)]
    [InlineData($"{Support.Doors.Api}/samples", "application/jsonl")]
    [InlineData($"{Support.Doors.Api}/changes", Support.Doors.Json)]
    public async Task Post_WhileAllPlacesAreTaken_Is429WithATimeAndReadingGoesOn(string path, string type)
    {
        using IDisposable held = _app.Services.GetRequiredService<IngestGate>().Enter(1);
        using HttpResponseMessage answer = await Http.PostAsync(path, [1], type);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        using HttpResponseMessage fleet = await Http.GetAsync($"{Support.Doors.Api}/fleet");
        Assert.Equal(HttpStatusCode.OK, fleet.StatusCode);
        held.Dispose();
        using HttpResponseMessage next = await Http.PostAsync(path, [1], type);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, next.StatusCode);
    }

    [Fact]
    public async Task Post_RemoteWriteOfTheSecondVersionByHeader_Is415()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/write") { Content = new ByteArrayContent(new RemoteWriteBody().Compressed()) };
        request.Headers.Add("X-Prometheus-Remote-Write-Version", "2.0.0");
        using HttpResponseMessage answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }
}
