using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Topology;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Components;

/// <summary>One inference component: its windows are its columns in the block of its endpoint. Key: <see cref="EntityId.Key"/>.</summary>
[Alias("grainwatch.IComponentGrain")]
public interface IComponentGrain : IGrainWithStringKey
{
    /// <summary>Windows, verdicts and quality of this component; null when its endpoint does not know it.</summary>
    [Alias("GetState"), ReadOnly]
    Task<EntityView?> GetState(CancellationToken cancellationToken);
}
