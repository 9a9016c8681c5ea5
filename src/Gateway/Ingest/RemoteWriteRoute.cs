using Grainwatch.Gateway.Problems;

namespace Grainwatch.Gateway.Ingest;

/// <summary>
/// <c>POST /api/v1/write</c>: Prometheus remote-write 1.0. 204 when everything was taken; 400 says what was not, and the
/// rest is kept; 5xx only when the cluster does not answer, so that the sender repeats.
/// </summary>
public static class RemoteWriteRoute
{
    /// <summary>A compressed body may not be larger.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;

    public static void MapRemoteWrite(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/write", WriteAsync);

    private static async Task WriteAsync(HttpContext context, SeriesIntake intake)
    {
        if (context.Request.ContentType is { } type && type.Contains("io.prometheus.write.v2", StringComparison.Ordinal))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "remote-write-version", "remote-write 1.0 is spoken here");
        }

        if (context.Request.Headers.ContentEncoding is not (["snappy"] or []))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "encoding", "the body must be a snappy block");
        }

        byte[] body = await ReadAsync(context);
        IReadOnlyList<RemoteWriteSeries> request;
        try
        {
            request = RemoteWriteReader.Read(body);
        }
        catch (RemoteWriteException e)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "remote-write", e.Message);
        }

        IntakeResult result = await intake.WriteAsync(request, context.RequestAborted);
        if (result.Rejected == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await ProblemMiddleware.WriteAsync(
            context, StatusCodes.Status400BadRequest, "partial", $"{result.Rejected} samples were refused, {result.Accepted} are kept", result.Errors, result.Accepted, result.Rejected);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBodyBytes)
        {
            throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large", $"a body may have at most {MaxBodyBytes} bytes");
        }

        using MemoryStream body = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBodyBytes)
            {
                throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large", $"a body may have at most {MaxBodyBytes} bytes");
            }

            await body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        return body.ToArray();
    }
}
