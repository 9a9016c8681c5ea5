using System.Text.Json.Nodes;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Components;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Gpus;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Gateway.Endpoints;

/// <summary><c>GET …/endpoints/{e}</c> and below: state, windows, verdicts, quality with bounds, age of everything.</summary>
public static class EndpointRoutes
{
    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/endpoints/{endpoint}", GetAsync).Needs(Scope.Read).WithSummary(
            "One endpoint with everything below it: windows, verdicts, quality with bounds.")
            .Produces<EndpointView>().ProducesReadProblems();
        api.MapGet("/endpoints/{endpoint}/components/{component}", GetComponentAsync).Needs(Scope.Read).WithSummary(
            "One component: windows, verdicts, quality with bounds.")
            .Produces<EntityView>().ProducesReadProblems();
        api.MapGet("/endpoints/{endpoint}/gpus/{instance}/{gpu}", GetGpuAsync).Needs(Scope.Read).WithSummary("One GPU: windows and verdicts.")
            .Produces<EntityView>().ProducesReadProblems();
        api.MapGet("/endpoints/{endpoint}/series", SeriesRoute.GetAsync).Needs(Scope.Read).WithSummary(
            "Points for a chart: times and values of each series.").ProducesReadProblems();
    }

    /// <summary>The grain of an endpoint that exists: a name that a request made up wakes no grain.</summary>
    /// <exception cref="ProblemException">404: there is none of that name.</exception>
    internal static async Task<IEndpointGrain> FindAsync(string endpoint, FleetReader fleet, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        FleetLine line = await fleet.FindAsync(Uri.UnescapeDataString(endpoint), cancellationToken)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "endpoint", $"there is no endpoint '{endpoint}'");
        return grains.GetGrain<IEndpointGrain>(line.Key);
    }

    private static async Task<JsonObject> GetAsync(string endpoint, FleetReader fleet, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        IEndpointGrain grain = await FindAsync(endpoint, fleet, grains, cancellationToken);
        return Document.Of(await grain.GetState(cancellationToken));
    }

    private static async Task<JsonObject> GetComponentAsync(string endpoint, string component, FleetReader fleet,
        IGrainFactory grains, CancellationToken cancellationToken)
    {
        await FindAsync(endpoint, fleet, grains, cancellationToken);
        EntityId id = EntityId.ForComponent(endpoint, component);
        EntityView? view = await grains.GetGrain<IComponentGrain>(id.Key).GetState(cancellationToken);
        return Document.Of(view ?? throw Unknown(id));
    }

    private static async Task<JsonObject> GetGpuAsync(string endpoint, string instance, string gpu, FleetReader fleet,
        IGrainFactory grains, CancellationToken cancellationToken)
    {
        await FindAsync(endpoint, fleet, grains, cancellationToken);
        EntityId id = EntityId.ForGpu(endpoint, instance, gpu);
        EntityView? view = await grains.GetGrain<IGpuGrain>(id.Key).GetState(cancellationToken);
        return Document.Of(view ?? throw Unknown(id));
    }

    private static ProblemException Unknown(EntityId id) => new(StatusCodes.Status404NotFound, "entity", $"there is no '{id}'");
}
