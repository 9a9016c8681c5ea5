using System.Security.Claims;
using Grainwatch.Gateway.Security.Scopes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Grainwatch.Gateway.Security.Jwt;

/// <summary>Sets the framework's bearer tokens up as the section says.</summary>
/// <remarks>
/// Signatures of key pairs alone: with a shared secret whoever can check a token could make one. A token needs an end, an
/// audience that is ours and an issuer that is known. Scopes stand in <c>scope</c> (RFC 9068) or <c>scp</c>, as one text with
/// spaces or as a list.
/// </remarks>
internal sealed class JwtSetup(IOptions<SecurityOptions> security) : IConfigureNamedOptions<JwtBearerOptions>
{
    private const int NameLengthMax = 100;

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        SecurityOptions own = security.Value;
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = own.JwtAudience,
            ValidIssuer = own.JwtIssuer,
            ValidAlgorithms = Algorithms,
            ClockSkew = own.JwtClockSkew,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = CallerOf(context.Principal!, own.JwtScopePrefix);
                return Task.CompletedTask;
            },
        };
        if (own.JwtAuthority is { } authority)
        {
            options.Authority = authority;
            options.RequireHttpsMetadata = authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        }
        else if (own.JwtKeysFile is { } file)
        {
            JwtValidation.TryReadKeys(file, out IReadOnlyList<SecurityKey> keys);
            options.TokenValidationParameters.IssuerSigningKeys = keys;

            // Without it the framework would look for an authority that says more.
            options.Configuration = new Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectConfiguration();
        }
    }

    /// <summary>Who a token names, and which of its scopes are ours.</summary>
    internal static ClaimsPrincipal CallerOf(ClaimsPrincipal token, string prefix)
    {
        string name = (token.FindFirst("client_id") ?? token.FindFirst("azp") ?? token.FindFirst("sub"))?.Value ?? "";
        string shown = new([.. name.Take(NameLengthMax).Select(c => char.IsControl(c) ? '?' : c)]);
        IEnumerable<string> scopes = token.Claims.Where(c => c.Type is "scope" or "scp")
            .SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(s => s.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s[prefix.Length..])
            .Where(Scope.All.Contains).Distinct();
        return Caller.Of($"jwt:{shown}", scopes);
    }
}
