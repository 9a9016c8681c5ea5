namespace Grainwatch.Grains.Fleet;

/// <summary>Which endpoints a shard knows: what must be there before any of them reports.</summary>
[GenerateSerializer, Alias("grainwatch.fleet-shard-state")]
public sealed class FleetShardState
{
    /// <summary>Key of each endpoint, with its name and the clock it lives by.</summary>
    [Id(0)]
    public Dictionary<string, FleetRegistration> Endpoints { get; set; } = new(StringComparer.Ordinal);
}
