using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Silences;

/// <summary><c>GET, POST …/silences</c> and <c>DELETE …/silences/{id}</c>.</summary>
public static class SilenceRoutes
{
    public static void MapSilences(this IEndpointRouteBuilder api)
    {
        api.MapGet("/silences", ListAsync).Needs(Scope.Read).WithSummary("Silences that hold or will hold.").ProducesReadProblems();
        api.MapPost("/silences", AddAsync).Needs(Scope.Silence)
            .WithSummary("Holds back what matches for a while; the answer says from when it holds.")
            .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        api.MapDelete("/silences/{id}", EndAsync).Needs(Scope.Silence).WithSummary("Ends a silence.")
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<ListPage<SilenceView>> ListAsync(
        int? limit, string? cursor, IGrainFactory grains, HttpContext context, CancellationToken cancellationToken)
    {
        SilenceBook book = await Configuration(grains).GetSilences(cancellationToken);
        context.Response.Headers.ETag = Etag(book.Version);
        return Paging.Page(book.Silences, s => s.Id, limit, cursor, null);
    }

    private static async Task<IResult> AddAsync(SilenceRequest request, IGrainFactory grains, TimeProvider time, HttpContext context)
    {
        Timestamp now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        IReadOnlyList<string> errors = request.Errors(now);
        if (errors.Count > 0)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "silence", string.Join("; ", errors));
        }

        // What was begun is carried to its end: a client that hangs up must not leave a silence that half the fleet has heard of.
        SilenceView silence = request.ToView(NewId(context.Request.Headers["Idempotency-Key"]), now);
        SilenceReceipt receipt = await Configuration(grains).AddSilence(silence, Version(context), CancellationToken.None);
        Require(receipt, silence.Id);
        JsonObject answer = Document.Of(silence);
        answer["effectiveFrom"] = receipt.EffectiveFrom!.Value.ToString();
        answer["notTold"] = new JsonArray([.. receipt.NotTold.Select(e => JsonValue.Create(e))]);
        return Results.Json(answer, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(string id, IGrainFactory grains, HttpContext context)
    {
        Require(await Configuration(grains).EndSilence(id, Version(context), CancellationToken.None), id);
        return Results.NoContent();
    }

    private static IConfigurationGrain Configuration(IGrainFactory grains) => grains.GetGrain<IConfigurationGrain>(IConfigurationGrain.TheOne);

    private static void Require(SilenceReceipt receipt, string id)
    {
        _ = receipt.Outcome switch
        {
            SilenceOutcome.Taken => 0,
            SilenceOutcome.Unknown => throw new ProblemException(StatusCodes.Status404NotFound, "silence", $"there is no silence '{id}'"),
            SilenceOutcome.TooMany => throw new ProblemException(
                StatusCodes.Status409Conflict, "limit", "there are as many silences as there may be; end one first"),
            _ => throw new ProblemException(StatusCodes.Status412PreconditionFailed, "version", "the silences have changed since they were read"),
        };
    }

    private static string Etag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static long? Version(HttpContext context)
    {
        string? wanted = context.Request.Headers.IfMatch;
        return wanted is null or "*" ? null
            : long.TryParse(wanted.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : -1;
    }

    /// <summary>The same key gives the same id, so that a repeated request is one silence.</summary>
    private static string NewId(string? idempotencyKey) => idempotencyKey is { Length: > 0 }
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(0, 16))
        : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
