using System.Text;
using Grainwatch.Gateway.Ingest;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Rules;

namespace Grainwatch.Gateway.Rules;

/// <summary><c>PUT …/rules</c> replaces the rules in force, <c>POST …/rules</c> adds to them; the body is a rule file.</summary>
internal static class RuleChangeRoutes
{
    private const int NameMax = 256;
    private const int CommentMax = 1024;

    public static void MapRuleChanges(this IEndpointRouteBuilder api)
    {
        api.MapPut("/rules", ReplaceAsync).Needs(Scope.Admin)
            .WithSummary("Replaces the rules in force by a rule file. If-Match must name what was read; every fault is told at once, by line.")
            .TakesBody(RuleRoutes.Yaml).Produces<RuleChangeAnswer>().ProducesProblems(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status428PreconditionRequired, StatusCodes.Status503ServiceUnavailable);
        api.MapPost("/rules", AddAsync).Needs(Scope.Admin)
            .WithSummary("Adds the rules of a rule file to those in force. Idempotency-Key makes a repetition the same request.")
            .TakesBody(RuleRoutes.Yaml).Produces<RuleChangeAnswer>(StatusCodes.Status201Created).ProducesProblems(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
    }

    private static Task ReplaceAsync(HttpContext context, string? by, string? comment, RequestBody bodies, IGrainFactory grains)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            throw new ProblemException(StatusCodes.Status428PreconditionRequired, "if-match",
                "If-Match must name the rules that are to be replaced: the ETag of GET …/rules, or *");
        }

        return ChangeAsync(context, isAddition: false, by, comment, bodies, grains);
    }

    private static Task AddAsync(HttpContext context, string? by, string? comment, RequestBody bodies, IGrainFactory grains) =>
        ChangeAsync(context, isAddition: true, by, comment, bodies, grains);

    private static async Task ChangeAsync(
        HttpContext context, bool isAddition, string? by, string? comment, RequestBody bodies, IGrainFactory grains)
    {
        string? key = context.Request.Headers["Idempotency-Key"] is { Count: > 0 } keys ? keys.ToString() : null;
        if (key?.Length is 0 or > NameMax || by?.Length > NameMax || comment?.Length > CommentMax)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "too-long",
                $"an Idempotency-Key and by have at most {NameMax} characters, comment has at most {CommentMax}");
        }

        string text = await RuleBodies.ReadAsync(context, bodies);

        // What was begun is carried to its end: a client that hangs up must not leave rules that half the fleet has heard of.
        RuleReceipt receipt = await RuleRoutes.Book(grains).Change(
            new RuleChange(isAddition, text, Expected(context), key, by ?? "", comment ?? ""), CancellationToken.None);
        await AnswerAsync(context, receipt, isAddition);
    }

    private static async Task AnswerAsync(HttpContext context, RuleReceipt receipt, bool isAddition)
    {
        switch (receipt.Outcome)
        {
            case RuleOutcome.Taken or RuleOutcome.Same:
                RuleRoutes.SetEtag(context.Response, receipt.Number, receipt.Hash);
                context.Response.StatusCode = isAddition ? StatusCodes.Status201Created : StatusCodes.Status200OK;
                if (isAddition)
                {
                    context.Response.Headers.Location = $"{context.Request.Path}/{receipt.Ids.FirstOrDefault()}".TrimEnd('/');
                }

                await context.Response.WriteAsJsonAsync(
                    new RuleChangeAnswer(1, receipt.Number, receipt.Hash, receipt.Outcome == RuleOutcome.Taken, receipt.Ids.Length,
                        receipt.NotTold));
                return;
            case RuleOutcome.Faulty:
                await RuleBodies.RefuseAsync(context, receipt.Faults, receipt.FaultCount);
                return;
            case RuleOutcome.OtherVersion:
                RuleRoutes.SetEtag(context.Response, receipt.Number, receipt.Hash);
                throw new ProblemException(StatusCodes.Status412PreconditionFailed, "version",
                    $"the rules have changed since they were read: version {receipt.Number} is in force");
            case RuleOutcome.OtherRequest:
                throw new ProblemException(StatusCodes.Status422UnprocessableEntity, "idempotency-key",
                    "this Idempotency-Key belongs to a request with another body");
            case RuleOutcome.Twice:
                throw new ProblemException(StatusCodes.Status409Conflict, "rule", $"there already: {string.Join(", ", receipt.Ids)}");
            default:
                throw new ProblemException(StatusCodes.Status409Conflict, "limit",
                    $"there may be 1000 rules, and as a file {RuleChange.TextMax} characters");
        }
    }

    private static string? Expected(HttpContext context)
    {
        string[] wanted = context.Request.Headers.IfMatch.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return wanted.Length switch
        {
            0 => null,
            1 => wanted[0].Trim('"'),
            _ => throw new ProblemException(StatusCodes.Status400BadRequest, "if-match", "If-Match names one version"),
        };
    }
}
