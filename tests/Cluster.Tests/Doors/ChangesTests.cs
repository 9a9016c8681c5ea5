using System.Net;
using System.Text;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Doors;

public sealed class ChangesTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Path = $"{Support.Doors.Api}/changes";
    private static readonly long Now = Support.Doors.Now;

    [Fact]
    public async Task Post_ChangesOfEveryKind_BecomeEventSeries()
    {
        using HttpResponseMessage answer = await PostAsync($$"""
            [{"kind":"deployment","endpoint":"changed","component":"llama","time":{{Now / 1000}},"version":"2"},
             {"kind":"adapter","endpoint":"changed","component":"llama","time":"{{Signals.Timestamp.FromUnixSeconds(Now / 1000)}}"},
             {"kind":"scaling","endpoint":"changed","time":"{{Now / 1000}}"},
             {"kind":"restart","endpoint":"changed","instance":"i-1","time":{{Now / 1000}}}]
            """);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ["E scaling_event 0s:1", "E/i-1 restarts 0s:1", "E/llama adapter_change_event 0s:1", "E/llama deployment_event 0s:1"],
            await gateway.Http.SeriesAsync("changed"));
    }

    [Theory]
    [InlineData("""[{"kind":"party","endpoint":"x"}]""", "kind must be one of")]
    [InlineData("""{"kind":"restart"}""", "endpoint must be named")]
    [InlineData("""{"kind":"restart","endpoint":"x","time":"soon"}""", "time is neither")]
    [InlineData("[null]", "kind must be one of")]
    public async Task Post_AChangeThatCannotBe_IsNamed(string body, string expected)
    {
        using HttpResponseMessage answer = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement error = Assert.Single((await answer.ReadAsync()).GetProperty("errors").EnumerateArray());
        Assert.StartsWith(expected, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("7")]
    [InlineData("{\"kind\":[]}")]
    public async Task Post_NoChangeAtAll_IsAProblemDocument(string body)
    {
        using HttpResponseMessage answer = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Post_TheSameKey_HappensOnceAndAnotherBodyIsAMistake()
    {
        string body = """{"kind":"deployment","endpoint":"once"}""";
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await PostAsync(body, "key-1");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        string series = Assert.Single(await gateway.Http.SeriesAsync("once"));
        Assert.EndsWith(":1", series, StringComparison.Ordinal);
        using HttpResponseMessage other = await PostAsync("""{"kind":"restart","endpoint":"once"}""", "key-1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string body, string? key = null) =>
        gateway.Http.PostAsync(Path, Encoding.UTF8.GetBytes(body), "application/json", idempotencyKey: key);
}
