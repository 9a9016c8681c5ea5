using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Fleet;

namespace Grainwatch.Gateway.Health;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: the cluster answers, or the reason why not.</summary>
public static class HealthRoutes
{
    private static readonly string[] Unreachable = ["the cluster does not answer"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Json(new { status = "ok" }))
            .WithSummary("Whether the process lives.").Produces(StatusCodes.Status200OK).NeedsNothing();
        routes.MapGet("/readyz", ReadyAsync).WithSummary("Whether the cluster answers, or why not.")
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status503ServiceUnavailable).NeedsNothing();
    }

    private static async Task<IResult> ReadyAsync(IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IFleetShardGrain>(0).List(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return Results.Json(new { status = "ready", reasons = Array.Empty<string>() });
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            return Results.Json(new { status = "not ready", reasons = Unreachable }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
