using Grainwatch.Gateway.Endpoints;
using Grainwatch.Gateway.Events;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Health;
using Grainwatch.Gateway.Incidents;
using Grainwatch.Gateway.Ingest;
using Grainwatch.Gateway.Ingest.Answers;
using Grainwatch.Gateway.Ingest.Changes;
using Grainwatch.Gateway.Ingest.Otlp;
using Grainwatch.Gateway.Ingest.RemoteWrite;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.Mapping;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Pages;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Rules;
using Grainwatch.Gateway.Security;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Gateway.Telemetry;
using Grainwatch.Hosting.Telemetry;
using Grainwatch.Gateway.Receivers;
using Grainwatch.Gateway.Silences;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grainwatch.Gateway.Hosting;

/// <summary>Adds the gateway to a host that has a cluster client, or is a silo itself.</summary>
public static class GatewayExtensions
{
    /// <summary>Where our own resources live; <c>/api/v1</c> belongs to the Prometheus API.</summary>
    public const string ApiRoot = "/api/grainwatch/v1";

    public static IServiceCollection AddGrainwatchGateway(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddGatewayOptions();
        services.AddGrainwatchSecurity();
        services.TryAddSingleton<FleetReader>();
        services.TryAddSingleton<FleetBoard>();
        services.TryAddSingleton<IncidentReader>();
        services.TryAddSingleton<SeriesMapper>();
        services.TryAddSingleton<SeriesIntake>();
        services.TryAddSingleton<AnswerIntake>();
        services.TryAddSingleton<SeriesHasher>();
        services.TryAddSingleton<RemoteWriteReader>();
        services.TryAddSingleton<OtlpLogs>();
        services.TryAddSingleton<RequestBody>();
        services.TryAddSingleton<IngestGate>();
        services.TryAddSingleton<EventViewers>();
        services.TryAddSingleton<StoryFeed>();
        services.AddHostedService<StoryFollower>();
        services.ConfigureHttpJsonOptions(json => GatewayJson.Configure(json.SerializerOptions));
        services.AddGrainwatchOpenApi();
        services.AddGrainwatchTelemetry(configuration);
        return services;
    }

    public static WebApplication MapGrainwatchGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseGrainwatchSecurity();
        app.MapHealth();
        app.MapRemoteWrite();
        app.MapOtlp();
        app.MapPrometheusScrapingEndpoint("/metrics").Needs(Scope.Read);
        app.MapFleetMetrics();
        app.MapOpenApi(OpenApiExtensions.Path).Needs(Scope.Read);
        app.MapPages();
        RouteGroupBuilder api = app.MapGroup(ApiRoot);
        api.MapFleet();
        api.MapEndpoints();
        api.MapIncidents();
        api.MapEvents();
        api.MapRules();
        api.MapExplain();
        api.MapSamples();
        api.MapChanges();
        api.MapSilences();
        api.MapReceivers();
        return app;
    }
}
