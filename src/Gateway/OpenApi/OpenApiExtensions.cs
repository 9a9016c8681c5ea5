using Grainwatch.Signals;
using Microsoft.OpenApi;

namespace Grainwatch.Gateway.OpenApi;

/// <summary>
/// <c>GET /openapi.json</c>: the document is made of the routes of the app, so that a route cannot be forgotten; what the
/// framework does not describe itself is added here.
/// </summary>
public static class OpenApiExtensions
{
    public const string Path = "/openapi.json";

    public static IServiceCollection AddGrainwatchOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(Timestamp) || context.JsonTypeInfo.Type == typeof(Timestamp?))
            {
                schema.Type = JsonSchemaType.String;
                schema.Format = "date-time";
                schema.Properties?.Clear();
                schema.Required?.Clear();
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyDescription>().FirstOrDefault() is { } body)
            {
                operation.RequestBody = new OpenApiRequestBody { Required = true,
                    Content = body.ContentTypes.ToDictionary(t => t, _ => new OpenApiMediaType()) };
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Grainwatch",
                Version = "1",
                Description = "Watches LLM endpoints: doors for metrics, answers and changes; state, incidents and their causes. "
                    + "Documents carry \"v\":1, times are ISO 8601 in UTC, errors are RFC 9457 problem documents.",
            };
            document.Servers?.Clear();
            Add(document, "/metrics", "What the process tells of itself, in the text format of Prometheus.", "text/plain");
            Add(document, Path, "This document.", "application/json");
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer<SecurityDescription>();
        options.AddOperationTransformer<SecurityDescription>();
    });

    private static void Add(OpenApiDocument document, string path, string summary, string type)
    {
        OpenApiOperation operation = new()
        {
            Summary = summary,
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = "OK",
                    Content = new Dictionary<string, OpenApiMediaType> { [type] = new OpenApiMediaType() },
                },
            },
        };
        document.Paths.TryAdd(path, new OpenApiPathItem { Operations = new Dictionary<HttpMethod,
            OpenApiOperation> { [HttpMethod.Get] = operation } });
    }
}
