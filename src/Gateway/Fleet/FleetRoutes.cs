using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Fleet;

/// <summary><c>GET …/fleet</c> and <c>GET …/endpoints</c>: every endpoint in one line each.</summary>
public static class FleetRoutes
{
    public static void MapFleet(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fleet", ListAsync).WithSummary("Every endpoint in one line.").ProducesReadProblems();
        api.MapGet("/endpoints", ListAsync).WithSummary("Every endpoint in one line, as the fleet.").ProducesReadProblems();
    }

    private static async Task<ListPage<FleetLine>> ListAsync(
        FleetReader fleet, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        IReadOnlyList<FleetLine> lines = await fleet.ListAsync(cancellationToken);
        Timestamp? asOf = lines.Max(line => line.AsOf is { } time ? time.UnixMs : (long?)null) is { } newest ? new Timestamp(newest) : null;
        return Paging.Page(lines, line => line.Key, limit, cursor, asOf);
    }
}
