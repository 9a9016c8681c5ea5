namespace Grainwatch.DynamoDB.Tests.Storage;

/// <summary>A state.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("Grainwatch.DynamoDB.Tests.Note")]
public sealed record Note
{
    [Orleans.Id(0)]
    public string Text { get; set; } = "new";
}
