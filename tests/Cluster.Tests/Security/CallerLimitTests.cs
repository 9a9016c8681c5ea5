using System.Net;
using System.Text;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Security.Limits;
using Microsoft.AspNetCore.Builder;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>How much one caller may send, without harm to another.</summary>
public sealed class CallerLimitTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Read = $"{Support.Doors.Api}/silences";
    private const string Samples = $"{Support.Doors.Api}/samples";

    /// <summary>More than a bucket of two holds, however slow the machine: it would have to take a second for each.</summary>
    private const int Many = 200;

    [Fact]
    public async Task Send_MoreRequestsThanAKeyMay_Is429ForThisKeyAlone()
    {
        TestKeys keys = new();
        string small = keys.Add("small", "read", "rate=1");
        string free = keys.Add("free", "read", "rate=0");
        await using WebApplication app = await gateway.StartGatewayAsync(keys.Settings);
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        List<HttpStatusCode> seen = await StatusesAsync(http, small);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], seen.Distinct().Order());
        Assert.Equal(HttpStatusCode.OK, seen[0]);
        using HttpResponseMessage refused = await UntilAsync(http, HttpStatusCode.TooManyRequests, () => TestKeys.SendAsync(http, "GET", Read, small));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Equal("key:small may send 1 requests a second; try again", (await refused.ReadAsync()).GetProperty("detail").GetString());
        Assert.Equal([HttpStatusCode.OK], (await StatusesAsync(http, free)).Distinct());

        // Whether the process lives is said to everybody, and whoever says nothing has no part in a limit of others.
        Assert.Equal([HttpStatusCode.OK], (await StatusesAsync(http, small, "/healthz")).Distinct());
        Assert.Equal([HttpStatusCode.Unauthorized], (await StatusesAsync(http, null)).Distinct());
    }

    [Fact]
    public async Task Send_MoreBytesThanAKeyMay_Is429AtTheDoorsAlone()
    {
        TestKeys keys = new();
        string small = keys.Add("small", "ingest+read", "rate=0 bytes=1024");
        string free = keys.Add("free", "ingest", "rate=0");
        await using WebApplication app = await gateway.StartGatewayAsync(keys.Settings);
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        string body = new(' ', 100_000);

        // One that is longer than all that it may have at once comes alone, then it waits.
        using HttpResponseMessage first = await TestKeys.SendAsync(http, "POST", Samples, small, new StringContent(body));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using HttpResponseMessage refused = await UntilAsync(http, HttpStatusCode.TooManyRequests,
            () => TestKeys.SendAsync(http, "POST", Samples, small, new StringContent(body)));
        Assert.NotNull(refused.Headers.RetryAfter);
        using HttpResponseMessage read = await TestKeys.SendAsync(http, "GET", Read, small);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using HttpResponseMessage other = await TestKeys.SendAsync(http, "POST", Samples, free, new StringContent(body));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        using StreamContent unknown = new(new NeverSeekable(Encoding.UTF8.GetBytes(" ")));
        using HttpResponseMessage endless = await TestKeys.SendAsync(http, "POST", Samples, small, unknown);
        Assert.Equal(HttpStatusCode.LengthRequired, endless.StatusCode);
    }

    [Fact]
    public async Task Send_WithoutAuthentication_IsOnePartThatMayBeBounded()
    {
        await using WebApplication app = await gateway.StartGatewayAsync(("Grainwatch:Security:AnonymousRequestsPerSecond", "1"));
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Contains(HttpStatusCode.TooManyRequests, await StatusesAsync(http, null));
        Assert.Equal([HttpStatusCode.OK], (await StatusesAsync(gateway.Http, null)).Distinct());
    }

    [Fact]
    public void PartOf_AMillionNamesOfTokens_AreNoMorePartsThanStated()
    {
        HashSet<string> parts = [.. Enumerable.Range(0, 1_000_000).Select(i => CallerLimits.PartOf($"jwt:{i}"))];
        Assert.InRange(parts.Count, 2, CallerLimits.TokenParts);
        Assert.Equal("key:a", CallerLimits.PartOf("key:a"));
    }

    private static async Task<List<HttpStatusCode>> StatusesAsync(HttpClient http, string? key, string path = Read)
    {
        List<HttpStatusCode> seen = [];
        for (int i = 0; i < Many; i++)
        {
            using HttpResponseMessage answer = await TestKeys.SendAsync(http, "GET", path, key);
            seen.Add(answer.StatusCode);
        }

        return seen;
    }

    private static async Task<HttpResponseMessage> UntilAsync(HttpClient http, HttpStatusCode status, Func<Task<HttpResponseMessage>> send)
    {
        for (int i = 0; i < Many; i++)
        {
            HttpResponseMessage answer = await send();
            if (answer.StatusCode == status)
            {
                return answer;
            }

            answer.Dispose();
        }

        throw new InvalidOperationException($"none of {Many} requests to {http.BaseAddress} was answered {status}");
    }

    private sealed class NeverSeekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
