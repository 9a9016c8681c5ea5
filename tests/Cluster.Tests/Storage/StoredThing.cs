namespace Grainwatch.Cluster.Tests.Storage;

/// <summary>A state of the tests.</summary>
[GenerateSerializer, Alias("grainwatch.tests.stored-thing")]
public sealed class StoredThing
{
    [Id(0)]
    public int Number { get; set; }

    [Id(1)]
    public string Text { get; set; } = "";
}
