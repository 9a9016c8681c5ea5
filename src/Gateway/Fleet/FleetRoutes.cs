using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Fleet;

/// <summary><c>GET …/fleet</c> and <c>GET …/endpoints</c>: every endpoint in one line each.</summary>
public static class FleetRoutes
{
    public static void MapFleet(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fleet", OrderedAsync).Needs(Scope.Read)
            .WithSummary("Every endpoint in one line, by key; with order=worst the worst hundred at the most, the worst first.")
            .ProducesReadProblems();
        api.MapGet("/endpoints", ListAsync).Needs(Scope.Read).WithSummary("Every endpoint in one line, as the fleet.").ProducesReadProblems();
    }

    private static async Task<ListPage<FleetLine>> OrderedAsync(
        FleetReader fleet, FleetBoard board, string? order, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        switch (order)
        {
            case null or "key":
                return await ListAsync(fleet, limit, cursor, cancellationToken);
            case "worst" when cursor is not null || limit is < 1 or > FleetBoard.Most:
                throw new ProblemException(StatusCodes.Status400BadRequest, "order",
                    $"order=worst takes a limit from 1 to {FleetBoard.Most} and no cursor");
            case "worst":
                IReadOnlyList<FleetLine> lines = await board.WorstAsync(cancellationToken);
                List<FleetLine> worst = [.. lines.Take(limit ?? FleetBoard.Most)];
                return new ListPage<FleetLine>(1, worst, null, AsOf(lines), false, lines.Count > worst.Count || lines.Count == FleetBoard.Most);
            default:
                throw new ProblemException(StatusCodes.Status400BadRequest, "order", "order must be key or worst");
        }
    }

    private static Timestamp? AsOf(IReadOnlyList<FleetLine> lines) =>
        lines.Max(line => line.AsOf is { } time ? time.UnixMs : (long?)null) is { } newest ? new Timestamp(newest) : null;

    private static async Task<ListPage<FleetLine>> ListAsync(
        FleetReader fleet, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        IReadOnlyList<FleetLine> lines = await fleet.ListAsync(cancellationToken);
        return Paging.Page(lines, line => line.Key, limit, cursor, AsOf(lines));
    }
}
