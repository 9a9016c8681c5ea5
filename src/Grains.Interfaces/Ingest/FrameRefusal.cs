namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>Samples of one endpoint that were refused for one reason.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="Reason">One of the outcomes of the windows.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.frame-refusal")]
public sealed record FrameRefusal([property: Id(0)] string Endpoint, [property: Id(1)] string Reason, [property: Id(2)] int Count);
