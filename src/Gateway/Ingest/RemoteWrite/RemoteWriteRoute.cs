using CommunityToolkit.HighPerformance.Buffers;
using Grainwatch.Gateway.Mapping;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Gateway.Ingest.RemoteWrite;

/// <summary>
/// <c>POST /api/v1/write</c>: Prometheus remote-write 1.0. 204 when everything was taken; 400 says what was not, and the
/// rest is kept; 429 and 503 only when a repeat may succeed.
/// </summary>
public static class RemoteWriteRoute
{
    public static void MapRemoteWrite(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/write", WriteAsync).Needs(Scope.Ingest)
        .WithSummary("Takes a Prometheus remote-write 1.0 request: a snappy block of a WriteRequest.")
        .TakesBody("application/x-protobuf")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static async Task WriteAsync(
        HttpContext context, IngestGate gate, RequestBody bodies, RemoteWriteReader reader, SeriesMapper mapper, SeriesIntake intake, IGrainFactory grains)
    {
        using IDisposable visit = gate.Enter(context.Request.ContentLength);
        RequireVersion1(context.Request);
        using RemoteWriteFrame frame = await ReadAsync(context, bodies, reader);
        FrameReceipt receipt = await grains.GetGrain<IIngestGrain>(0).Write(frame.Samples, context.RequestAborted);
        IntakeBatch batch = new() { Receiver = receipt.Receiver };
        foreach (FrameRefusal refusal in receipt.Refused)
        {
            batch.Reject(-1, refusal.Endpoint, "refused", $"{refusal.Reason}: {refusal.Count}", refusal.Count);
        }

        foreach (int unknown in receipt.Unknown)
        {
            AddUnknown(batch, frame, unknown, reader, mapper);
        }

        IntakeResult result = await intake.WriteAsync(batch, context.RequestAborted);
        if (result.Rejected == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await context.RefuseAsync(result with { Accepted = result.Accepted + receipt.Accepted }, "samples");
    }

    private static async Task<RemoteWriteFrame> ReadAsync(HttpContext context, RequestBody bodies, RemoteWriteReader reader)
    {
        using ArrayPoolBufferWriter<byte> body = await bodies.ReadAsync(context);
        try
        {
            return reader.Read(body.WrittenSpan);
        }
        catch (MalformedBodyException e)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "remote-write", e.Message);
        }
    }

    private static void RequireVersion1(HttpRequest request)
    {
        bool isNewer = request.ContentType is { } type && type.Contains("io.prometheus.write.v2", StringComparison.Ordinal);
        if (isNewer || request.Headers["X-Prometheus-Remote-Write-Version"].ToString() is not ("" or ['0', '.', ..] or ['1', '.', ..]))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "remote-write-version",
                "remote-write 1.0 is spoken here");
        }

        if (request.Headers.ContentEncoding is not (["snappy"] or []))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "encoding", "the body must be a snappy block");
        }
    }

    private static void AddUnknown(IntakeBatch batch, RemoteWriteFrame frame, int index, RemoteWriteReader reader, SeriesMapper mapper)
    {
        try
        {
            Add(batch, index, reader.ReadSeries(frame, index), frame.Samples.Series[index], mapper);
        }
        catch (MalformedBodyException e)
        {
            // Its neighbours may be in their windows already, and are as good as before.
            SampleFrame samples = frame.Samples;
            batch.Reject(index, null, "labels", e.Message, Math.Max(1, samples.EndOf(index) - samples.FirstSample[index]));
        }
    }

    private static void Add(IntakeBatch batch, int index, RemoteWriteSeries series, SourceHash source, SeriesMapper mapper)
    {
        if (series.Fault is { } fault)
        {
            batch.Reject(index, series.Name, "labels", fault, Math.Max(1, series.Values.Length));
            return;
        }

        if (series.NativeHistograms > 0)
        {
            batch.Reject(index, series.Name, "NativeHistogram", "native histograms are not read; send classic ones",
                series.NativeHistograms);
        }

        if (series.Values.Length == 0 && series.NativeHistograms > 0)
        {
            return;
        }

        SeriesMapping mapping = mapper.Map(series.Labels);
        if (batch.Admit(mapping, index, series.Name, series.Values.Length))
        {
            double[] values = mapping.Scale == 1 ? series.Values : [.. series.Values.Select(v => v * mapping.Scale)];
            batch.Add(new SeriesWrite(mapping.Key!, mapping.IsCumulative, series.TimesUnixMs, values, mapping.HistogramPart,
                mapping.UpperBound, mapping.Part, source, mapping.Scale));
        }
    }
}
