using Orleans;

namespace Grainwatch.DynamoDB.Tests.Cluster;

/// <summary>Keeps one text.</summary>
[Alias("Grainwatch.DynamoDB.Tests.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task<string> Write(string text);

    [Alias("Read")]
    Task<string> Read();

    /// <summary>Which silo it lives on.</summary>
    [Alias("Where")]
    Task<string> Where();
}
