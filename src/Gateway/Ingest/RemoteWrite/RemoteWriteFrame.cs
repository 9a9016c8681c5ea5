using CommunityToolkit.HighPerformance.Buffers;
using Grainwatch.Grains.Interfaces.Ingest;

namespace Grainwatch.Gateway.Ingest.RemoteWrite;

/// <summary>A remote-write message cut into series, without reading their labels.</summary>
/// <param name="message">The message, unpacked; given back when this is disposed.</param>
/// <param name="samples">What is sent to those who know the series by their hashes.</param>
/// <param name="parts">Where each series stands in the message, for those that have to be read with their labels.</param>
public sealed class RemoteWriteFrame(MemoryOwner<byte> message, SampleFrame samples, Range[] parts) : IDisposable
{
    public ReadOnlySpan<byte> Message => message.Span;

    public SampleFrame Samples { get; } = samples;

    public IReadOnlyList<Range> Parts { get; } = parts;

    public void Dispose() => message.Dispose();
}
