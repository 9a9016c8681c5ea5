namespace Grainwatch.Grains.Fleet;

/// <summary>One endpoint as its shard remembers it.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="Clock">live or recorded.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.fleet-registration")]
public sealed record FleetRegistration([property: Id(0)] string Endpoint, [property: Id(1)] string Clock);
