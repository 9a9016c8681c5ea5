using System.Security.Cryptography;
using System.Text.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Requests;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest.Changes;

/// <summary>
/// <c>POST …/changes</c>: deployments, adapter changes, scaling and restarts, one object or a list. Each becomes a point of an event
/// series, so that an incident that follows can be laid to it.
/// </summary>
/// <remarks>
/// A point is kept once however often it is sent. What makes a repeat another point is a time that was left out, and for that
/// an <c>Idempotency-Key</c> is remembered with the time of the first request that carried it.
/// </remarks>
public static class ChangesRoute
{
    private const int MaxNameLength = 256;

    private static readonly Dictionary<string, ChangeKind> Kinds = Enum.GetValues<ChangeKind>().ToDictionary(k => k.Name(), StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
        Converters = { new TimeTextConverter() },
    };

    public static void MapChanges(this IEndpointRouteBuilder api) => api.MapPost("/changes", TakeAsync).Needs(Scope.Ingest)
        .WithSummary("Takes changes of what runs: deployments, adapters, scaling, restarts; one object or a list. Idempotency-Key is honoured for a day.")
        .TakesBody("application/json")
        .Produces<Taken>()
        .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static async Task TakeAsync(
        HttpContext context, IngestGate gate, RequestBody bodies, SeriesIntake intake, IGrainFactory grains, TimeProvider time, IOptions<IngestLimits> limits)
    {
        using IDisposable visit = gate.Enter(context.Request.ContentLength);
        byte[] body = await bodies.ReadUnpackedAsync(context);
        List<ChangeRecord?> changes = Read(body);
        if (changes.Count > limits.Value.ChangesPerRequestMax)
        {
            throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large",
                $"more than {limits.Value.ChangesPerRequestMax} changes in one request");
        }

        Timestamp now = await ClaimAsync(context, body, grains, Timestamp.FromDateTimeOffset(time.GetUtcNow()));
        IntakeBatch batch = new();
        for (int i = 0; i < changes.Count; i++)
        {
            if (Add(batch, changes[i], now) is { } fault)
            {
                batch.Reject(i, changes[i]?.Endpoint, "change", fault);
            }
        }

        IntakeResult result = await intake.WriteAsync(batch, context.RequestAborted);
        await context.AnswerAsync(result, "changes");
    }

    private static List<ChangeRecord?> Read(byte[] body)
    {
        try
        {
            ReadOnlySpan<byte> text = body.AsSpan().TrimStart(" \t\r\n"u8);
            return text is [(byte)'[', ..]
                ? JsonSerializer.Deserialize<List<ChangeRecord?>>(text, Json)!
                : [JsonSerializer.Deserialize<ChangeRecord>(text, Json)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "json",
                $"the body is neither a change nor a list of changes: {e.Message}");
        }
    }

    private static async Task<Timestamp> ClaimAsync(HttpContext context, byte[] body, IGrainFactory grains, Timestamp now)
    {
        string key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
        {
            return now;
        }

        if (key.Length > MaxNameLength)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "idempotency-key",
                $"an Idempotency-Key has at most {MaxNameLength} characters");
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(body));
        RequestClaim first = await grains.GetGrain<IRequestKeyGrain>($"changes/{key}").Claim(hash, now, context.RequestAborted);
        return first.BodyHash == hash
            ? first.Time
            : throw new ProblemException(StatusCodes.Status422UnprocessableEntity, "idempotency-key",
                "this Idempotency-Key belongs to a request with another body");
    }

    private static string? Add(IntakeBatch batch, ChangeRecord? change, Timestamp now)
    {
        if (change is null || change.Kind is null || !Kinds.TryGetValue(change.Kind, out ChangeKind kind))
        {
            return $"kind must be one of {string.Join(", ", Kinds.Keys)}";
        }

        if (change.Endpoint is not { Length: > 0 and <= MaxNameLength } endpoint || change.Component?.Length > MaxNameLength
            || change.Instance?.Length > MaxNameLength)
        {
            return $"endpoint must be named; names have at most {MaxNameLength} characters";
        }

        Timestamp time = now;
        if (change.Time is not null && !Timestamp.TryParse(change.Time, out time))
        {
            return "time is neither ISO 8601 nor Unix seconds";
        }

        EntityId entity = !string.IsNullOrEmpty(change.Component) ? EntityId.ForComponent(endpoint, change.Component)
            : !string.IsNullOrEmpty(change.Instance) ? EntityId.ForInstance(endpoint, change.Instance)
            : EntityId.ForEndpoint(endpoint);
        batch.Add(new SeriesWrite(new SeriesKey(entity, kind.Metric()), false, [time.UnixMs], [1]));
        return null;
    }
}
