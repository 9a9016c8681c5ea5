using Grainwatch.Grains.Interfaces.Views;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Fleet;

/// <summary>Knows the endpoints of one shard. Endpoints report on a cadence; nobody walks the fleet.</summary>
[Alias("grainwatch.IFleetShardGrain")]
public interface IFleetShardGrain : IGrainWithIntegerKey
{
    /// <summary>Registers an endpoint or refreshes its line.</summary>
    /// <param name="line">What is to be seen of it.</param>
    /// <param name="watched">What must be heard of it, stored; empty: nothing any more; null: as before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False when the shard is full, or could not store it: what was there is kept.</returns>
    [Alias("Report")]
    Task<bool> Report([Immutable] FleetLine line, [Immutable] WatchedSeries[]? watched, CancellationToken cancellationToken);

    /// <summary>
    /// A silo lives, and so does this shard. When the cluster has changed, the incidents of every registered endpoint are woken: what
    /// was open goes on, whichever silo held it. A live endpoint that has not reported for a while is woken and watched.
    /// </summary>
    /// <param name="membershipVersion">Version of the cluster's membership as that silo sees it.</param>
    [Alias("Beat"), AlwaysInterleave]
    Task Beat(long membershipVersion);

    /// <summary>The worst endpoints of the shard, the worst first; see <see cref="FleetOrder"/>.</summary>
    [Alias("Worst"), ReadOnly]
    Task<FleetLine[]> Worst(int most, CancellationToken cancellationToken);

    /// <summary>Every endpoint of the shard, by key.</summary>
    [Alias("List"), ReadOnly]
    Task<FleetLine[]> List(CancellationToken cancellationToken);
}
