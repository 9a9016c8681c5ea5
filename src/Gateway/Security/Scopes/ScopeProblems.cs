using Grainwatch.Gateway.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Grainwatch.Gateway.Security.Scopes;

/// <summary>Says 401 and 403 as RFC 9457 problems, beside the <c>WWW-Authenticate</c> of RFC 6750.</summary>
internal sealed class ScopeProblems : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _framework = new();

    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        await _framework.HandleAsync(next, context, policy, authorizeResult);
        string scope = policy.Requirements.OfType<ScopeRequirement>().FirstOrDefault()?.Scope ?? Scope.Admin;
        if (authorizeResult.Challenged)
        {
            await ProblemMiddleware.WriteAsync(context, StatusCodes.Status401Unauthorized, "unauthenticated",
                "send a key or a token that is valid, as Authorization: Bearer … or (a key) X-Api-Key", []);
            return;
        }

        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Caller.Realm}\", error=\"insufficient_scope\", scope=\"{scope}\"";
        await ProblemMiddleware.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden",
            $"this needs the scope '{scope}', which {Caller.IdOf(context.User)} does not have", []);
    }
}
