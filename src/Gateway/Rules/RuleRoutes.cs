using System.Text.Json.Nodes;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Gateway.Rules;

/// <summary><c>GET …/rules</c> and <c>…/rules/{id}</c>: the rules in force, with the hash of the set and the version of each.</summary>
public static class RuleRoutes
{
    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", ListAsync)
            .WithSummary("The rules in force, by id; the ETag is the hash of the whole set.")
            .Produces<ListPage<RuleView>>().ProducesReadProblems();
        api.MapGet("/rules/{id}", GetAsync).WithSummary("One rule.").Produces<RuleView>().ProducesReadProblems();
    }

    private static async Task<ListPage<RuleView>> ListAsync(HttpContext context, int? limit, string? cursor, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        RuleBookView book = await grains.GetGrain<IRuleBookGrain>(0).Read(cancellationToken);
        context.Response.Headers.ETag = $"\"{book.Hash}\"";
        return Paging.Page([.. book.Rules.OrderBy(r => r.Id, StringComparer.Ordinal)], r => r.Id, limit, cursor, null);
    }

    private static async Task<JsonObject> GetAsync(string id, IGrainFactory grains, CancellationToken cancellationToken)
    {
        RuleBookView book = await grains.GetGrain<IRuleBookGrain>(0).Read(cancellationToken);
        return Document.Of(Array.Find(book.Rules, r => r.Id == id) ?? throw new ProblemException(
            StatusCodes.Status404NotFound, "rule", $"there is no rule '{id}'"));
    }
}
