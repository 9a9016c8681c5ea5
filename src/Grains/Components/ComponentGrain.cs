using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Interfaces.Components;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Grains.Components;

/// <summary>A component reads its own columns where the block lives in this silo, and asks its endpoint where it does not.</summary>
public sealed class ComponentGrain(WindowLeases leases, IGrainFactory grains) : Grain, IComponentGrain
{
    public Task<EntityView?> GetState(CancellationToken cancellationToken) =>
        leases.ReadAsync(this.GetPrimaryKeyString(), grains, cancellationToken);
}
