using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Topology;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Gpus;

/// <summary>One GPU: its windows are its columns in the block of its endpoint. Key: <see cref="EntityId.Key"/>.</summary>
[Alias("grainwatch.IGpuGrain")]
public interface IGpuGrain : IGrainWithStringKey
{
    /// <summary>Windows and verdicts of this GPU; null when its endpoint does not know it.</summary>
    [Alias("GetState"), ReadOnly]
    Task<EntityView?> GetState(CancellationToken cancellationToken);
}
