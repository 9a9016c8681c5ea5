using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Interfaces.Gpus;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.Placement;

namespace Grainwatch.Grains.Gpus;

/// <summary>A GPU reads its own columns where the block lives in this silo, and asks its endpoint where it does not.</summary>
[HomePlacement]
public sealed class GpuGrain(WindowLeases leases, IGrainFactory grains) : Grain, IGpuGrain
{
    public Task<EntityView?> GetState(CancellationToken cancellationToken) =>
        leases.ReadAsync(this.GetPrimaryKeyString(), grains, cancellationToken);
}
