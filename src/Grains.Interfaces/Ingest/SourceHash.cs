namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>
/// Names a source series by the bytes of its labels: 128 bits of a hash whose seed its door keeps to itself, so that nobody
/// outside can make two series meet. Zero: none.
/// </summary>
/// <param name="High">The upper half.</param>
/// <param name="Low">The lower half.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.source-hash")]
public readonly record struct SourceHash([property: Id(0)] ulong High, [property: Id(1)] ulong Low)
{
    public bool IsNone => High == 0 && Low == 0;
}
