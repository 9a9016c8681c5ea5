namespace Grainwatch.Grains.Interfaces.Endpoints;

/// <summary>What exists below an endpoint, and which version of it this is.</summary>
/// <param name="Number">Rises with every change, within one activation.</param>
/// <param name="TopologyJson">A topology document with this endpoint alone; null: it has been told.</param>
/// <param name="Clock">Which clock the endpoint lives by.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.topology-version")]
public sealed record TopologyVersion([property: Id(0)] int Number, [property: Id(1)] string? TopologyJson, [property: Id(2)] ClockDomain Clock);
