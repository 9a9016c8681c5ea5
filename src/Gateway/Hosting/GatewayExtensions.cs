using Grainwatch.Gateway.Endpoints;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Health;
using Grainwatch.Gateway.Incidents;
using Grainwatch.Gateway.Ingest;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Receivers;
using Grainwatch.Gateway.Silences;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grainwatch.Gateway.Hosting;

/// <summary>Adds the gateway to a host that has a cluster client, or is a silo itself.</summary>
public static class GatewayExtensions
{
    /// <summary>Where our own resources live; <c>/api/v1</c> belongs to the Prometheus API.</summary>
    public const string ApiRoot = "/api/grainwatch/v1";

    public static IServiceCollection AddGrainwatchGateway(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<FleetReader>();
        services.TryAddSingleton<SeriesIntake>();
        services.ConfigureHttpJsonOptions(json => GatewayJson.Configure(json.SerializerOptions));
        return services;
    }

    public static WebApplication MapGrainwatchGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.MapHealth();
        app.MapRemoteWrite();
        RouteGroupBuilder api = app.MapGroup(ApiRoot);
        api.MapFleet();
        api.MapEndpoints();
        api.MapIncidents();
        api.MapSilences();
        api.MapReceivers();
        return app;
    }
}
