namespace Grainwatch.DynamoDB.Tests.Support;

/// <summary>One server for all tests; each has a proxy, a table or a cluster of its own.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // What xunit calls it.
public sealed class MotoCollection : ICollectionFixture<MotoServer>
#pragma warning restore CA1711
{
    public const string Name = "moto";
}
