using System.Text.Json.Nodes;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Gateway.Rules;

/// <summary><c>GET …/rules</c>, <c>…/rules/{id}</c>, <c>…/rule-versions</c>, <c>…/rule-versions/{number}</c>: the rules in force and those
/// before.</summary>
public static class RuleRoutes
{
    internal const string Yaml = "application/yaml";

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", ListAsync).Needs(Scope.Read)
            .WithSummary("The rules in force, by id, or as a rule file where application/yaml is accepted; the ETag names version and hash.")
            .Produces<ListPage<RuleView>>().ProducesReadProblems();
        api.MapGet("/rules/{id}", GetAsync).Needs(Scope.Read).WithSummary("One rule.").Produces<RuleView>().ProducesReadProblems();
        api.MapGet("/rule-versions", ListVersionsAsync).Needs(Scope.Read)
            .WithSummary("Versions of the rules that are remembered, the newest first.")
            .Produces<ListPage<RuleVersionView>>().ProducesReadProblems();
        api.MapGet("/rule-versions/{number}", GetVersionAsync).Needs(Scope.Read)
            .WithSummary("One version of the rules with its text, as far as it is kept.")
            .Produces<RuleVersionView>().ProducesReadProblems();
        api.MapRuleChanges();
        api.MapWhatIf();
    }

    internal static IRuleBookGrain Book(IGrainFactory grains) => grains.GetGrain<IRuleBookGrain>(IRuleBookGrain.TheOne);

    internal static void SetEtag(HttpResponse response, long number, string hash) =>
        response.Headers.ETag = $"\"{RuleChange.Etag(number, hash)}\"";

    private static async Task<IResult> ListAsync(HttpContext context, int? limit, string? cursor, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        RuleBookView book = await Book(grains).Read(cancellationToken);
        SetEtag(context.Response, book.Number, book.Hash);
        context.Response.Headers.Vary = "Accept";
        return context.Request.Headers.Accept.ToString().Contains("yaml", StringComparison.OrdinalIgnoreCase)
            ? Results.Text(book.Text, Yaml)
            : Results.Ok(Paging.Page([.. book.Rules.OrderBy(r => r.Id, StringComparer.Ordinal)], r => r.Id, limit, cursor, null));
    }

    private static async Task<JsonObject> GetAsync(string id, HttpContext context, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        RuleBookView book = await Book(grains).Read(cancellationToken);
        RuleView rule = Array.Find(book.Rules, r => r.Id == id) ?? throw new ProblemException(
            StatusCodes.Status404NotFound, "rule", $"there is no rule '{id}'");
        SetEtag(context.Response, book.Number, book.Hash);
        return Document.Of(rule);
    }

    private static async Task<ListPage<RuleVersionView>> ListVersionsAsync(
        int? limit, string? cursor, IGrainFactory grains, CancellationToken cancellationToken) =>
        Paging.Page(await Book(grains).GetVersions(cancellationToken), v => (long.MaxValue - v.Number).ToString("D19"), limit, cursor,
            null);

    private static async Task<JsonObject> GetVersionAsync(long number, IGrainFactory grains, CancellationToken cancellationToken) =>
        Document.Of(await Book(grains).GetVersion(number, cancellationToken) ?? throw new ProblemException(
            StatusCodes.Status404NotFound, "version", $"version {number} of the rules is not remembered"));
}
