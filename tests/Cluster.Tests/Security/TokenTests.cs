using System.Net;
using System.Security.Cryptography;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Hosting.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.Tokens;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>Bearer tokens of an identity provider.</summary>
public sealed class TokenTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IAsyncLifetime, IDisposable
{
    private const string Read = $"{Support.Doors.Api}/fleet";

    private readonly TokenIssuer _issuer = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-tokens").FullName;
    private WebApplication _app = null!;

    private HttpClient Http { get; set; } = null!;

    private (string Key, string Value)[] Settings =>
    [
        ("Grainwatch:Security:Mode", "Jwt"), ("Grainwatch:Security:JwtAudience", TokenIssuer.Audience), ("Grainwatch:Security:JwtIssuer", TokenIssuer.Issuer),
        ("Grainwatch:Security:JwtKeysFile", Path.Combine(_folder, "keys.json")),
    ];

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "keys.json"), _issuer.KeySet);
        _app = await gateway.StartGatewayAsync(Settings);
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    public void Dispose()
    {
        _issuer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Send_ATokenWithTheScope_IsTakenHoweverScopesAreWritten()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Token("openid read")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Token("read", claim: "scp")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Token((string[])["openid", "read"], claim: "scp")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Token("admin")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_issuer.Token("ingest")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_issuer.Token("readers Read")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_issuer.Token(null)));

        // What only looks like our own way of writing a scope down is none.
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(_issuer.Token("read", claim: "grainwatch:scope")));
    }

    [Fact]
    public async Task Send_ATokenThatIsNotForUs_Is401()
    {
        using ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SigningCredentials foreign = new(new ECDsaSecurityKey(stranger) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256);
        SigningCredentials shared = new(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(_issuer.KeySet)) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);
        (string What, string Token)[] wrong =
        [
            ("audience", _issuer.Token("read", audience: "another")), ("issuer", _issuer.Token("read", issuer: "https://evil.example.org/")),
            ("expired beyond the skew", _issuer.Token("read", expiresInSeconds: -90)), ("without an end", _issuer.Token("read", hasEnd: false)),
            ("signed by a stranger", _issuer.Token("read", signedBy: foreign)), ("signed with the public key as a secret", _issuer.Token("read", signedBy: shared)),
            ("unsigned", Unsigned(_issuer.Token("read"))), ("cut", _issuer.Token("read")[..^2]), ("a key", Gateway.Security.Keys.ApiKey.Create("read")),
        ];
        foreach ((string what, string token) in wrong)
        {
            using HttpResponseMessage answer = await TestKeys.SendAsync(Http, "GET", Read, token);
            Assert.Equal((what, HttpStatusCode.Unauthorized), (what, answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Token("read", expiresInSeconds: -30)));
    }

    [Fact]
    public async Task Send_KeysAndTokensToAGatewayOfBoth_AreTakenWithAPrefixOfScopes()
    {
        TestKeys keys = new();
        string key = keys.Add("reader", "read");
        await using WebApplication provider = await _issuer.ServeAsync();
        await using WebApplication app = await gateway.StartGatewayAsync(
        [
            .. keys.Settings, ("Grainwatch:Security:Mode", "Keys, Jwt"), ("Grainwatch:Security:JwtAudience", TokenIssuer.Audience),
            ("Grainwatch:Security:JwtAuthority", provider.Urls.First()), ("Grainwatch:Security:JwtScopePrefix", "grainwatch:"),
        ]);
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        foreach ((string credential, HttpStatusCode status) in new[]
            {
                (key, HttpStatusCode.OK), (_issuer.Token("grainwatch:read"), HttpStatusCode.OK), (_issuer.Token("read"), HttpStatusCode.Forbidden),
                (_issuer.Token("grainwatch:read", audience: "another"), HttpStatusCode.Unauthorized),
            })
        {
            using HttpResponseMessage answer = await TestKeys.SendAsync(http, "GET", Read, credential);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"keys":[]}""", "without a public key that signs")]
    [InlineData("no json", "no JSON Web Key Set")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}]}""", "holds a secret")]
    public async Task Start_WithAKeySetThatCannotBe_IsRefused(string text, string fault)
    {
        string file = Path.Combine(_folder, "other.json");
        await File.WriteAllTextAsync(file, text);
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            gateway.StartGatewayAsync([.. Settings.Where(s => !s.Key.EndsWith("File", StringComparison.Ordinal)), ("Grainwatch:Security:JwtKeysFile", file)]));
        Assert.Contains(fault, Assert.Single(SectionExtensions.FaultsOf(refused)), StringComparison.Ordinal);
    }

    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using HttpResponseMessage answer = await TestKeys.SendAsync(Http, "GET", Read, token);
        return answer.StatusCode;
    }
}
