namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>What became of a frame.</summary>
/// <param name="Accepted">Samples that are in a window, or say nothing new.</param>
/// <param name="Unknown">Series that this silo cannot place: send them with their labels to their endpoint.</param>
/// <param name="Refused">Samples that were refused, by endpoint and reason.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.frame-receipt")]
public sealed record FrameReceipt(
    [property: Id(0)] int Accepted,
    [property: Id(1)] int[] Unknown,
    [property: Id(2)] FrameRefusal[] Refused);
