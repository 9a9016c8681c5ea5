using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;

namespace Orleans.Tls;

/// <summary>What a connection reads and writes once the handshake is done.</summary>
internal sealed class TlsTransport(SslStream stream) : IDuplexPipe
{
    /// <summary>The most that TLS puts into one record.</summary>
    private const int RecordBytes = 1 << 14;

    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(
        MemoryPool<byte>.Shared, bufferSize: RecordBytes, minimumReadSize: RecordBytes / 4, leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(
        MemoryPool<byte>.Shared, minimumBufferSize: RecordBytes, leaveOpen: true));
}
