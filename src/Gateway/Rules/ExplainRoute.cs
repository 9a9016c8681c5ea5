using System.Text.Json.Nodes;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Rules;

/// <summary><c>GET …/explain?entity=&amp;rule=&amp;at=</c>: why a rule is, or was, what it is.</summary>
public static class ExplainRoute
{
    /// <summary>Parts of an entity's name at the most: account, region, endpoint, component or instance, copy or GPU, and some to
    /// spare.</summary>
    private const int PartsMax = 12;

    public static void MapExplain(this IEndpointRouteBuilder api) => api.MapGet("/explain", ExplainAsync).Needs(Scope.Read)
        .WithSummary("Why a rule is, or was within the windows that are held, true, false, undecided or without data for an entity; and where its alert stands.")
        .Produces<ExplanationView>().ProducesReadProblems();

    private static async Task<JsonObject> ExplainAsync(
        string? entity, string? rule, string? at, FleetReader fleet, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(entity) || string.IsNullOrEmpty(rule))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "explain", "entity and rule must be named");
        }

        Timestamp time = default;
        if (at is not null && !Timestamp.TryParse(at, out time))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "at", $"'{at}' is neither ISO 8601 nor Unix seconds");
        }

        FleetLine line = await OwnerAsync(entity, fleet, cancellationToken)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "entity", $"there is no '{entity}'");
        ExplanationView view = await grains.GetGrain<IEndpointGrain>(line.Key)
            .Explain(rule, entity, at is null ? null : time, cancellationToken);
        return view.Outcome switch
        {
            ExplanationOutcome.Explained => Explained(view),
            ExplanationOutcome.NoRule => throw new ProblemException(StatusCodes.Status404NotFound, "rule", $"there is no rule '{rule}'"),
            ExplanationOutcome.NoEntity => throw new ProblemException(StatusCodes.Status404NotFound, "entity", $"there is no '{entity}'"),
            ExplanationOutcome.NotSelected => throw new ProblemException(
                StatusCodes.Status404NotFound, "selection",
                $"rule '{rule}' is about {string.Join(", ", view.Rule!.Scopes)}, and does not select '{view.Entity}'"),
            _ => throw new ProblemException(StatusCodes.Status400BadRequest, "at", view.HeldTo is null
                ? "nothing has been judged yet"
                : $"the windows hold {view.HeldFrom} to {view.HeldTo}"),
        };
    }

    private static JsonObject Explained(ExplanationView view)
    {
        JsonObject document = Document.Of(view);
        document.Remove("outcome");
        return document;
    }

    /// <summary>The endpoint that the entity belongs to: the longest part of its name that is one.</summary>
    private static async Task<FleetLine?> OwnerAsync(string entity, FleetReader fleet, CancellationToken cancellationToken)
    {
        string name = entity;
        for (int parts = 0; parts < PartsMax && name.Length > 0; parts++)
        {
            if (await fleet.FindAsync(name, cancellationToken) is { } found)
            {
                return found;
            }

            name = name[..Math.Max(0, name.LastIndexOf('/'))];
        }

        return null;
    }
}
