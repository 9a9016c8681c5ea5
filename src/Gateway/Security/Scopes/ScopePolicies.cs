using Microsoft.AspNetCore.Authorization;

namespace Grainwatch.Gateway.Security.Scopes;

/// <summary>A policy for each scope. A route that names none is for administrators: what is forgotten is closed.</summary>
internal static class ScopePolicies
{
    public static void Add(AuthorizationOptions authorization)
    {
        foreach (string scope in Scope.All)
        {
            authorization.AddPolicy(scope, Of(scope));
        }

        authorization.DefaultPolicy = authorization.FallbackPolicy = Of(Scope.Admin);
    }

    private static AuthorizationPolicy Of(string scope) =>
        new AuthorizationPolicyBuilder().AddRequirements(new ScopeRequirement(scope)).Build();
}
