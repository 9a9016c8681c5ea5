using System.Security.Cryptography;
using System.Text;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Incidents;

/// <summary><c>POST …/incidents/{id}/feedback</c>: what somebody thinks of an incident, kept with it.</summary>
internal static class FeedbackRoute
{
    private const int KeyMax = 256;

    public static void MapFeedback(this IEndpointRouteBuilder api) => api.MapPost("/incidents/{id}/feedback", GiveAsync).Needs(Scope.Silence)
        .WithSummary("Says whether an incident was useful, and what its cause was instead. Idempotency-Key makes a repetition the same word.")
        .Produces<IncidentView>(StatusCodes.Status201Created).ProducesProblems(
            StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict,
                StatusCodes.Status422UnprocessableEntity,
            StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GiveAsync(
        string id, FeedbackRequest request, HttpContext context, IncidentReader incidents, IGrainFactory grains, TimeProvider time,
            CancellationToken cancellationToken)
    {
        string? key = context.Request.Headers["Idempotency-Key"] is { Count: > 0 } keys ? keys.ToString() : null;
        IReadOnlyList<string> errors = key?.Length is 0 or > KeyMax ? [$"an Idempotency-Key has 1 to {KeyMax} characters"]
            : request.Errors();
        if (errors.Count > 0)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "feedback", string.Join("; ", errors));
        }

        string owner = (await incidents.FindAsync(id, cancellationToken)).Key;
        FeedbackView word = request.ToView(NewId(key), Timestamp.FromDateTimeOffset(time.GetUtcNow()));
        Require(await grains.GetGrain<ICorrelationGrain>(owner).GiveFeedback(id, word, CancellationToken.None), id);
        return Results.Json(Document.Of((await incidents.FindAsync(id, cancellationToken)).Incident),
            statusCode: StatusCodes.Status201Created);
    }

    private static void Require(FeedbackOutcome outcome, string id)
    {
        _ = outcome switch
        {
            FeedbackOutcome.Taken or FeedbackOutcome.Repeated => 0,
            FeedbackOutcome.Unknown => throw new ProblemException(StatusCodes.Status404NotFound, "incident",
                $"there is no incident '{id}'"),
            FeedbackOutcome.OtherRequest => throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, "idempotency-key", "this Idempotency-Key belongs to a request with another body"),
            FeedbackOutcome.TooMany => throw new ProblemException(
                StatusCodes.Status409Conflict, "limit", $"an incident keeps {FeedbackView.WordsMax} words"),
            _ => throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable, "store", "the store refuses; nothing was kept", TimeSpan.FromSeconds(5)),
        };
    }

    private static string NewId(string? key) => Convert.ToHexStringLower(key is null
        ? RandomNumberGenerator.GetBytes(16)
        : SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
