using Grainwatch.Gateway.Security;
using Grainwatch.Gateway.Security.Keys;
using Grainwatch.Gateway.Security.Scopes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Scope = Grainwatch.Gateway.Security.Scopes.Scope;

namespace Grainwatch.Gateway.OpenApi;

/// <summary>Says in the document how a caller shows who it is, and which scope a route needs; nothing where nobody is asked.</summary>
internal sealed class SecurityDescription(IOptions<SecurityOptions> security) : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string Bearer = "bearer";
    private const string ApiKey = "apiKey";

    private static readonly (string Status, string Description)[] Refusals =
        [("401", "Unauthorized"), ("403", "Forbidden"), ("429", "Too Many Requests")];

    private readonly bool _hasKeys = security.Value.Mode.HasFlag(SecurityModes.Keys);
    private readonly bool _isOn = security.Value.Mode != SecurityModes.None;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (_isOn)
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [Bearer] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", Description = _hasKeys ? "A key (gw_…) or a token." : "A token.",
                },
            };
            if (_hasKeys)
            {
                document.Components.SecuritySchemes[ApiKey] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = KeyAuthentication.Header,
                    Description = "A key (gw_…).",
                };
            }

            // For what the document tells beside the routes; each route says its own.
            document.Security = Needs(document, Scope.Read);
        }

        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (_isOn)
        {
            string? scope = ScopeRoutes.ScopeOf(new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata));
            operation.Security = scope is null ? [new OpenApiSecurityRequirement()] : Needs(context.Document, scope);
            foreach ((string status, string description) in scope is null ? [] : Refusals)
            {
                (operation.Responses ??= []).TryAdd(status, new OpenApiResponse { Description = description });
            }
        }

        return Task.CompletedTask;
    }

    private List<OpenApiSecurityRequirement> Needs(OpenApiDocument? document, string scope) =>
    [
        .. ((string[])[Bearer, ApiKey]).Where(name => name != ApiKey || _hasKeys)
            .Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [scope] }),
    ];
}
