using Grainwatch.Gateway.Mapping;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// <c>POST /v1/metrics</c> and <c>/v1/logs</c>: OTLP over HTTP, protobuf and JSON. What could not be kept is told as a partial
/// success, in the encoding of the request; 429 and 503 may be repeated after the time that is named, other refusals may not.
/// </summary>
public static class OtlpRoutes
{
    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>What an unreachable cluster asks a sender to wait.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    public static void MapOtlp(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/metrics", MetricsAsync).Needs(Scope.Ingest)
            .WithSummary("Takes an ExportMetricsServiceRequest of OTLP: gauges, sums, histograms, exponential histograms, summaries.")
            .TakesBody(OtlpAnswer.Protobuf, OtlpAnswer.Json).Produces<byte[]>(StatusCodes.Status200OK, OtlpAnswer.Protobuf, OtlpAnswer.Json)
            .ProducesProblems(Refusals);
        routes.MapPost("/v1/logs", LogsAsync).Needs(Scope.Ingest)
            .WithSummary("Takes an ExportLogsServiceRequest of OTLP: answers and evaluations as GenAI events; other records are passed over.")
            .TakesBody(OtlpAnswer.Protobuf, OtlpAnswer.Json).Produces<byte[]>(StatusCodes.Status200OK, OtlpAnswer.Protobuf, OtlpAnswer.Json)
            .ProducesProblems(Refusals);
    }

    private static Task MetricsAsync(HttpContext context, IngestGate gate, RequestBody bodies, SeriesMapper mapper,
        SeriesIntake intake, IOptions<IngestLimits> limits) =>
        AnswerAsync(context, gate, bodies, "rejectedDataPoints", async (body, isJson) =>
        {
            OtlpBudget budget = new(limits.Value);
            List<OtlpResource> resources = isJson ? OtlpJson.ReadMetrics(body, budget) : OtlpProtobuf.ReadMetrics(body, budget);
            IntakeBatch batch = new();
            OtlpSeries series = new(batch, mapper, limits.Value);
            foreach (OtlpResource resource in resources)
            {
                series.Add(resource);
            }

            IntakeResult result = await intake.WriteAsync(batch, context.RequestAborted);

            // A histogram's point is many samples; it counts once.
            return (Math.Min(result.Rejected, series.Points), result.Errors);
        });

    private static Task LogsAsync(HttpContext context, IngestGate gate, RequestBody bodies, OtlpLogs logs, IOptions<IngestLimits> limits) =>
        AnswerAsync(context, gate, bodies, "rejectedLogRecords", async (body, isJson) =>
        {
            OtlpBudget budget = new(limits.Value);
            List<OtlpResource> resources = isJson ? OtlpJson.ReadLogs(body, budget) : OtlpProtobuf.ReadLogs(body, budget);
            IntakeResult result = await logs.TakeAsync(resources, context.RequestAborted);
            return (result.Rejected, result.Errors);
        });

    private static async Task AnswerAsync(
        HttpContext context, IngestGate gate, RequestBody bodies, string counter,
        Func<byte[], bool, Task<(int Rejected, IReadOnlyList<PartialError> Errors)>> take)
    {
        bool isJson = IsJson(context.Request);
        try
        {
            using IDisposable visit = gate.Enter(context.Request.ContentLength);
            byte[] body = await bodies.ReadUnpackedAsync(context);
            (int rejected, IReadOnlyList<PartialError> errors) = await take(body, isJson);
            string message = string.Join("; ", errors.Take(10).Select(
                e => $"{(e.Index >= 0 ? $"item {e.Index} " : "")}{e.Series}: {e.Detail}"));
            await OtlpAnswer.WritePartialAsync(context, isJson, counter, rejected, message);
        }
        catch (MalformedBodyException e)
        {
            await OtlpAnswer.WriteStatusAsync(context, isJson, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (ProblemException e) when (!context.Response.HasStarted)
        {
            ProblemMiddleware.SetRetryAfter(context.Response, e.RetryAfter);
            await OtlpAnswer.WriteStatusAsync(context, isJson, e.Status, e.Message);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException && !context.Response.HasStarted)
        {
            ProblemMiddleware.SetRetryAfter(context.Response, Recovery);
            await OtlpAnswer.WriteStatusAsync(context, isJson, StatusCodes.Status503ServiceUnavailable,
                "the cluster did not answer; try again");
        }
    }

    private static bool IsJson(HttpRequest request)
    {
        string type = request.ContentType?.Split(';')[0].Trim() ?? "";
        return string.Equals(type, OtlpAnswer.Json, StringComparison.OrdinalIgnoreCase) ? true
            : string.Equals(type, OtlpAnswer.Protobuf, StringComparison.OrdinalIgnoreCase) ? false
            : throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "content-type",
                $"the body must be {OtlpAnswer.Protobuf} or {OtlpAnswer.Json}");
    }
}
