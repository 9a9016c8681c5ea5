using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security.Keys;

/// <summary>Takes a key from <c>Authorization: Bearer gw_…</c> or <c>X-Api-Key</c>.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> scheme, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys,
    IOptions<SecurityOptions> security)
    : AuthenticationHandler<AuthenticationSchemeOptions>(scheme, logger, encoder)
{
    public const string Name = "Keys";
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer ";

    /// <summary>What was sent as a key; null: nothing was. Anything in the header of keys is meant as one.</summary>
    public static string? Sent(HttpRequest request) => request.Headers[Header] is { Count: > 0 } own ? own.ToString()
        : BearerOf(request) is { } token && token.StartsWith(ApiKey.Prefix, StringComparison.Ordinal) ? token
        : null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!security.Value.Mode.HasFlag(SecurityModes.Keys) || (Sent(Request) ?? BearerOf(Request)) is not { } key)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        KeyOutcome outcome = keys.Look(key, out ClaimsPrincipal? caller);
        return Task.FromResult(caller is null
            ? AuthenticateResult.Fail($"the key is {outcome}")
            : AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        bool isWrong = Sent(Request) is not null || BearerOf(Request) is not null;
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Caller.Realm}\"{(isWrong ? ", error=\"invalid_token\"" : "")}";
        return Task.CompletedTask;
    }

    private static string? BearerOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }
}
