using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security.Scopes;

/// <summary>Lets a caller with the scope in, and anybody where nobody is asked.</summary>
internal sealed class ScopeHandler(IOptions<SecurityOptions> options) : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (options.Value.Mode == SecurityModes.None || Scope.Allows(Caller.ScopesOf(context.User), requirement.Scope))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
