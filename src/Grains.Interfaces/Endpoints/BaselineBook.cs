namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>What quality detectors have learnt, packed.</summary>
/// <param name="Head">What decides.</param>
/// <param name="History">What is shown.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.baseline-book")]
public sealed record BaselineBook([property: Id(0)] byte[] Head, [property: Id(1)] byte[] History);
