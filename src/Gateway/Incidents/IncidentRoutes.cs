using System.Text.Json.Nodes;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Incidents;

/// <summary><c>GET …/incidents</c>, <c>…/incidents/{id}</c>, <c>…/alerts</c>, <c>POST …/incidents/{id}/acknowledge</c>.</summary>
public static class IncidentRoutes
{
    private static readonly string[] States = ["open", "resolved"];

    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", ListAsync).Needs(Scope.Read)
            .WithSummary("Incidents, the newest first; state is open or resolved.").ProducesReadProblems();
        api.MapGet("/incidents/{id}", GetAsync).Needs(Scope.Read).WithSummary("One incident with causes, evidence, members and notifications.")
            .Produces<IncidentView>().ProducesReadProblems();
        api.MapPost("/incidents/{id}/acknowledge", AcknowledgeAsync).Needs(Scope.Silence)
            .WithSummary("Says who takes care of an incident: it is not repeated until it ends or gets worse.")
            .Produces<IncidentView>().ProducesReadProblems();
        api.MapFeedback();
        api.MapGet("/alerts", ListAlertsAsync).Needs(Scope.Read).WithSummary("Alerts that are anything but normal.").ProducesReadProblems();
    }

    private static async Task<ListPage<IncidentView>> ListAsync(
        string? state, string? endpoint, int? limit, string? cursor, FleetReader fleet, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (state is not null && !States.Contains(state))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "state", "state must be open or resolved");
        }

        IReadOnlyList<FleetLine> lines = await fleet.ListAsync(cancellationToken);
        IncidentView[][] all = await Task.WhenAll(lines
            .Where(line => endpoint is null || line.Endpoint == endpoint)
            .Select(line => grains.GetGrain<ICorrelationGrain>(line.Key).GetIncidents(cancellationToken)));
        List<IncidentView> incidents = [.. all.SelectMany(i => i).Where(i => state is null || i.State == state).OrderBy(
            Order, StringComparer.Ordinal)];
        return Paging.Page(incidents, Order, limit, cursor, Newest(incidents.Select(i => i.UpdatedAt)));
    }

    private static async Task<JsonObject> GetAsync(string id, IncidentReader incidents, CancellationToken cancellationToken) =>
        Document.Of((await incidents.FindAsync(id, cancellationToken)).Incident);

    private static async Task<JsonObject> AcknowledgeAsync(
        string id, AcknowledgeRequest request, IncidentReader incidents, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (request.By is not { Length: > 0 and <= AcknowledgeRequest.ByLengthMax })
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest, "acknowledge", $"by: who takes care of it, 1 to {AcknowledgeRequest.ByLengthMax} characters");
        }

        string key = (await incidents.FindAsync(id, cancellationToken)).Key;
        if (!await grains.GetGrain<ICorrelationGrain>(key).Acknowledge(id, request.By, CancellationToken.None))
        {
            throw new ProblemException(StatusCodes.Status409Conflict, "ended", $"incident '{id}' has ended");
        }

        return await GetAsync(id, incidents, cancellationToken);
    }

    private static async Task<ListPage<AlertView>> ListAlertsAsync(
        int? limit, string? cursor, FleetReader fleet, IGrainFactory grains, CancellationToken cancellationToken)
    {
        IReadOnlyList<FleetLine> lines = await fleet.ListAsync(cancellationToken);
        AlertView[][] all = await Task.WhenAll(lines.Select(line =>
            grains.GetGrain<ICorrelationGrain>(line.Key).GetAlerts(cancellationToken)));
        List<AlertView> alerts = [.. all.SelectMany(a => a).OrderBy(Name, StringComparer.Ordinal)];
        return Paging.Page(alerts, Name, limit, cursor, Newest(alerts.Select(a => a.Since)));
    }

    private static string Name(AlertView alert) => $"{alert.Entity}\n{alert.Rule}\n{alert.Labels}";

    /// <summary>The newest first: the key sorts by the time that is left until the end of time.</summary>
    private static string Order(IncidentView incident) => $"{long.MaxValue - incident.OpenedAt.UnixMs:D19}{incident.Id}";

    private static Timestamp? Newest(IEnumerable<Timestamp> times)
    {
        List<Timestamp> all = [.. times];
        return all.Count == 0 ? null : all.Max();
    }
}
