using Orleans.Runtime;

namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>What became of a frame.</summary>
/// <param name="Accepted">Samples that are in a window, or say nothing new.</param>
/// <param name="Unknown">Series that nobody who was asked can place: send them with their labels to their endpoint.</param>
/// <param name="Refused">Samples that were refused, by endpoint and reason.</param>
/// <param name="Receiver">The silo that took the frame, which wants to hear where other silos' series live.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.frame-receipt")]
public sealed record FrameReceipt(
    [property: Id(0)] int Accepted,
    [property: Id(1)] int[] Unknown,
    [property: Id(2)] FrameRefusal[] Refused,
    [property: Id(3)] SiloAddress? Receiver = null);
