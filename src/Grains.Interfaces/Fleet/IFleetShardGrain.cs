using Grainwatch.Grains.Interfaces.Views;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Fleet;

/// <summary>Knows the endpoints of one shard. Endpoints report on a cadence; nobody walks the fleet.</summary>
[Alias("grainwatch.IFleetShardGrain")]
public interface IFleetShardGrain : IGrainWithIntegerKey
{
    /// <summary>Registers an endpoint or refreshes its line.</summary>
    /// <returns>False when the shard is full: what was there is kept.</returns>
    [Alias("Report")]
    Task<bool> Report([Immutable] FleetLine line, CancellationToken cancellationToken);

    /// <summary>Wakes the incidents of every registered endpoint: what was open when the cluster went down goes on.</summary>
    [Alias("Wake")]
    Task Wake(CancellationToken cancellationToken);

    /// <summary>Every endpoint of the shard, by key.</summary>
    [Alias("List"), ReadOnly]
    Task<FleetLine[]> List(CancellationToken cancellationToken);
}
