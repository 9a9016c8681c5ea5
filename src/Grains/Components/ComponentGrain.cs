using Grainwatch.Grains.Interfaces.Components;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Components;

/// <summary>A component's windows and quality live with its endpoint, which is asked for them.</summary>
public sealed class ComponentGrain(IGrainFactory grains) : Grain, IComponentGrain
{
    public Task<EntityView?> GetState(CancellationToken cancellationToken)
    {
        EntityId component = EntityId.TryParseKey(this.GetPrimaryKeyString(), out EntityId? id)
            ? id!
            : throw new FormatException($"'{this.GetPrimaryKeyString()}' is no entity key");
        return grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint(component.Endpoint).Key).GetEntity(component, cancellationToken);
    }
}
