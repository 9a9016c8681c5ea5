namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>Every silence that has not ended.</summary>
/// <param name="Version">Rises with every change.</param>
/// <param name="Silences">In order of their ids.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.silence-book")]
public sealed record SilenceBook([property: Id(0)] long Version, [property: Id(1)] SilenceView[] Silences);
