namespace Grainwatch.Grains.Baselines;

/// <summary>One packed document, and the schema that it is written in.</summary>
[GenerateSerializer, Alias("grainwatch.baseline-state")]
public sealed class BaselineState
{
    /// <summary>The schema that this program writes. A newer one is left alone.</summary>
    public const int SchemaNow = 1;

    [Id(0)]
    public int Schema { get; set; } = SchemaNow;

    [Id(1)]
    public byte[] Document { get; set; } = [];
}
