using System.Security.Claims;

namespace Grainwatch.Gateway.Security;

/// <summary>Who asks, as claims of our own: what a token says beside them is not kept, so it cannot say ours.</summary>
internal static class Caller
{
    public const string Realm = "grainwatch";

    /// <summary>The id of a caller that did not say who it is.</summary>
    public const string Anonymous = "anonymous";

    private const string IdClaim = "grainwatch:caller";
    private const string ScopeClaim = "grainwatch:scope";

    /// <param name="id">Its kind and name, as <c>key:prometheus</c>; told in logs and problems.</param>
    /// <param name="scopes">What it was given.</param>
    public static ClaimsPrincipal Of(string id, IEnumerable<string> scopes) => new(new ClaimsIdentity(
        scopes.Select(s => new Claim(ScopeClaim, s)).Prepend(new Claim(IdClaim, id)), Realm, IdClaim, ScopeClaim));

    public static string IdOf(ClaimsPrincipal caller) => caller.FindFirst(IdClaim)?.Value ?? Anonymous;

    public static IEnumerable<string> ScopesOf(ClaimsPrincipal caller) => caller.FindAll(ScopeClaim).Select(c => c.Value);
}
