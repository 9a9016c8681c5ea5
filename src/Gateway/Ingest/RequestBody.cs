using System.Buffers.Binary;
using System.IO.Compression;
using CommunityToolkit.HighPerformance.Buffers;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest;

/// <summary>Reads bodies within the bounds of <see cref="IngestLimits"/>.</summary>
public sealed class RequestBody(IOptions<IngestLimits> options)
{
    private const int GzipTrailerBytes = 8;
    private const int ChunkBytes = 1 << 16;
    private const int LeastRead = 1 << 12;

    private readonly IngestLimits _limits = options.Value;

    /// <summary>The body as sent, in a buffer that the caller gives back by disposing it.</summary>
    /// <exception cref="ProblemException">413: it is longer than allowed.</exception>
    public async Task<ArrayPoolBufferWriter<byte>> ReadAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // The server's own bound is another number; the one that is documented counts.
            feature.MaxRequestBodySize = null;
        }

        if (context.Request.ContentLength > _limits.BodyBytesMax)
        {
            throw TooLarge(_limits.BodyBytesMax, "has");
        }

        return await CopyAsync(context.Request.Body, _limits.BodyBytesMax, "has", context.Request.ContentLength ?? 0,
            context.RequestAborted);
    }

    /// <summary>The body after the decompression that its <c>Content-Encoding</c> asks for: gzip or none.</summary>
    /// <exception cref="ProblemException">400: it is no gzip. 413: too long. 415: another encoding.</exception>
    public async Task<byte[]> ReadUnpackedAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "encoding",
                "gzip and identity are the encodings of a body here");
        }

        using ArrayPoolBufferWriter<byte> body = await ReadAsync(context);
        return encoding == "gzip" ? await UnpackAsync(body.WrittenMemory.ToArray(), context.RequestAborted) : body.WrittenMemory.ToArray();
    }

    private async Task<byte[]> UnpackAsync(byte[] body, CancellationToken cancellationToken)
    {
        if (body.Length < GzipTrailerBytes || body is not [0x1F, 0x8B, ..])
        {
            throw NoGzip();
        }

        // What the body says of its own length (RFC 1952) is enough to refuse it unread; what it hides is met by the bound below.
        uint told = BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(body.Length - sizeof(uint)));
        if (told > _limits.DecompressedBytesMax)
        {
            throw TooLarge(_limits.DecompressedBytesMax, "unpacks to");
        }

        try
        {
            using MemoryStream packed = new(body, writable: false);
            await using GZipStream unpacked = new(packed, CompressionMode.Decompress);
            using ArrayPoolBufferWriter<byte> whole = await CopyAsync(unpacked, _limits.DecompressedBytesMax, "unpacks to", told, cancellationToken);
            return (uint)whole.WrittenCount == told ? whole.WrittenMemory.ToArray() : throw NoGzip();
        }
        catch (InvalidDataException)
        {
            throw NoGzip();
        }
    }

    private static async Task<ArrayPoolBufferWriter<byte>> CopyAsync(Stream source, int bytesMax, string verb, long expected,
        CancellationToken cancellationToken)
    {
        // A length that is only claimed buys one chunk, no more.
        ArrayPoolBufferWriter<byte> target = new((int)Math.Clamp(expected, 1, ChunkBytes));
        try
        {
            int read;
            while ((read = await source.ReadAsync(target.GetMemory(LeastRead), cancellationToken)) > 0)
            {
                if (target.WrittenCount + read > bytesMax)
                {
                    throw TooLarge(bytesMax, verb);
                }

                target.Advance(read);
            }

            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private static ProblemException NoGzip() => new(StatusCodes.Status400BadRequest, "gzip", "the body is not one whole gzip member");

    private static ProblemException TooLarge(int bytesMax, string verb) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", $"the body {verb} more than {bytesMax} bytes");
}
