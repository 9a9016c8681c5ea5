using Grainwatch.Grains.Interfaces.Ingest;

namespace Grainwatch.Gateway.Ingest.RemoteWrite;

/// <summary>A remote-write message cut into series, without reading their labels.</summary>
/// <param name="Message">The message, unpacked.</param>
/// <param name="Samples">What is sent to those who know the series by their hashes.</param>
/// <param name="Parts">Where each series stands in the message, for those that have to be read with their labels.</param>
public sealed record RemoteWriteFrame(ReadOnlyMemory<byte> Message, SampleFrame Samples, IReadOnlyList<Range> Parts);
