using Grainwatch.Grains.Interfaces.Components;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.Placement;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Components;

/// <summary>A component's windows and quality live with its endpoint, which is asked for them.</summary>
[HomePlacement]
public sealed class ComponentGrain(IGrainFactory grains) : Grain, IComponentGrain
{
    public Task<EntityView?> GetState(CancellationToken cancellationToken)
    {
        EntityId component = EntityId.ParseKey(this.GetPrimaryKeyString());
        return grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint(component.Endpoint).Key).GetEntity(component, cancellationToken);
    }
}
