using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>An identity provider with one key pair: signs tokens, and tells its public key in a file or over HTTP.</summary>
internal sealed class TokenIssuer : IDisposable
{
    public const string Issuer = "https://login.example.org/";
    public const string Audience = "grainwatch";

    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeySet
    {
        get
        {
            ECParameters p = _pair.ExportParameters(false);
            return JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "EC", use = "sig", crv = "P-256", kid = "one", x = Base64UrlEncoder.Encode(p.Q.X), y = Base64UrlEncoder.Encode(p.Q.Y) } },
            });
        }
    }

    public string Token(
        object? scope, string audience = Audience, string issuer = Issuer, int expiresInSeconds = 300, bool hasEnd = true, SigningCredentials? signedBy = null, string claim = "scope")
    {
        DateTime now = DateTime.UtcNow;
        SecurityTokenDescriptor token = new()
        {
            Issuer = issuer,
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = "somebody", ["client_id"] = "dashboard" },
            NotBefore = now.AddHours(-2),
            IssuedAt = now.AddHours(-2),
            Expires = hasEnd ? now.AddSeconds(expiresInSeconds) : null,
            SigningCredentials = signedBy ?? new SigningCredentials(new ECDsaSecurityKey(_pair) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256),
        };
        if (scope is not null)
        {
            token.Claims[claim] = scope;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>Its discovery document and key set on a loopback port.</summary>
    public async Task<WebApplication> ServeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Issuer, jwks_uri = $"{app.Urls.First()}/keys" }));
        app.MapGet("/keys", () => Results.Text(KeySet, "application/json"));
        await app.StartAsync();
        return app;
    }

    public void Dispose() => _pair.Dispose();
}
