using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Signals.Quality;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest.Answers;

/// <summary>
/// <c>POST …/samples</c>: answers as JSON lines, in the shape of <c>samples.jsonl</c>. 200 when every line was taken; 400 says
/// which were not, and the rest is kept. An answer that is sent again is scored once.
/// </summary>
public static class SamplesRoute
{
    public static void MapSamples(this IEndpointRouteBuilder api) => api.MapPost("/samples", TakeAsync).Needs(Scope.Ingest)
        .WithSummary("Takes answers as JSON lines, in the shape of samples.jsonl; they are scored and join their component's quality.")
        .TakesBody("application/jsonl", "application/x-ndjson", "application/json")
        .Produces<Taken>()
        .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static async Task TakeAsync(HttpContext context, IngestGate gate, RequestBody bodies, AnswerIntake answers,
        IOptions<IngestLimits> limits)
    {
        using IDisposable visit = gate.Enter(context.Request.ContentLength);
        byte[] body = await bodies.ReadUnpackedAsync(context);
        IntakeBatch batch = new();
        IntakeResult result = await answers.TakeAsync(Read(body, limits.Value.AnswersPerRequestMax, batch), [], batch,
            context.RequestAborted);
        await context.AnswerAsync(result, "lines");
    }

    private static List<(int Index, ResponseSample Sample)> Read(ReadOnlySpan<byte> body, int max, IntakeBatch batch)
    {
        List<(int Index, ResponseSample Sample)> samples = [];
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        for (int index = 0; !body.IsEmpty; index++)
        {
            int end = body.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? body : body[..end]).Trim(" \t\r"u8);
            body = end < 0 ? default : body[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            if (!ResponseSampleJson.TryRead(line, out ResponseSample? sample, out string? error))
            {
                batch.Reject(index, null, "line", error!);
            }
            else if (samples.Count >= max)
            {
                throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large", $"more than {max} answers in one request");
            }
            else
            {
                samples.Add((index, sample!));
            }
        }

        return samples;
    }
}
