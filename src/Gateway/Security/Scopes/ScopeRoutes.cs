using Microsoft.AspNetCore.Authorization;

namespace Grainwatch.Gateway.Security.Scopes;

/// <summary>How a route says who may ask it.</summary>
internal static class ScopeRoutes
{
    /// <param name="route">Of the gateway.</param>
    /// <param name="scope">One of <see cref="Scope.All"/>.</param>
    public static T Needs<T>(this T route, string scope)
        where T : IEndpointConventionBuilder => route.RequireAuthorization(scope);

    /// <summary>
    /// Open to all and outside every limit: whoever asks whether the process lives must not be told that others ask too much.
    /// </summary>
    public static T NeedsNothing<T>(this T route)
        where T : IEndpointConventionBuilder => route.AllowAnonymous().DisableRateLimiting();

    /// <returns>The scope of a route; null: it is open.</returns>
    public static string? ScopeOf(EndpointMetadataCollection metadata) => metadata.GetMetadata<IAllowAnonymous>() is not null ? null
        : metadata.GetMetadata<IAuthorizeData>()?.Policy ?? Scope.Admin;
}
