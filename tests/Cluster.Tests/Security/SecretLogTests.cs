using System.Net;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>What a caller shows stands in no line of the log, whether it was right or wrong, at the most talkative level.</summary>
public sealed class SecretLogTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Read = $"{Support.Doors.Api}/silences";

    [Fact]
    public async Task Send_KeysAndTokens_LeavesNoneOfThemInTheLog()
    {
        using LogLines log = new();
        using TokenIssuer issuer = new();
        TestKeys keys = new();
        string right = keys.Add("reader", "read");
        string other = keys.Add("writer", "ingest");
        string wrong = $"{right[..^9]}zzzzzzzz{right[^1]}";
        string token = issuer.Token("read");
        string late = issuer.Token("read", expiresInSeconds: -900);
        await using WebApplication provider = await issuer.ServeAsync();
        await using WebApplication app = await StartAsync(log,
            [.. keys.Settings, ("Grainwatch:Security:Mode", "Keys,Jwt"), ("Grainwatch:Security:JwtAudience", TokenIssuer.Audience), ("Grainwatch:Security:JwtAuthority", provider.Urls.First())]);
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        List<HttpStatusCode> seen = [];
        foreach (string shown in (string[])[right, other, wrong, token, late])
        {
            using HttpResponseMessage answer = await TestKeys.SendAsync(http, "GET", Read, shown);
            seen.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized], seen);
        Assert.Contains(log.All, l => l.Contains(Read, StringComparison.Ordinal));
        Assert.Contains(log.All, l => l.Contains("the key is Unknown", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, l => l.Contains("DataProtection", StringComparison.Ordinal));
        string[] secrets = [right[^30..], other[^30..], wrong[^30..], token.Split('.')[2], late.Split('.')[2]];
        Assert.All(secrets, s => Assert.DoesNotContain(log.All, l => l.Contains(s, StringComparison.Ordinal)));
    }

    private Task<WebApplication> StartAsync(LogLines log, (string Key, string Value)[] settings) =>
        TestGateway.StartAsync(gateway.Grains, log: log, settings: settings);
}
