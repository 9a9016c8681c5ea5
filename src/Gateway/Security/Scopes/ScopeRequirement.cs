using Microsoft.AspNetCore.Authorization;

namespace Grainwatch.Gateway.Security.Scopes;

/// <summary>That the caller has a scope.</summary>
internal sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;
