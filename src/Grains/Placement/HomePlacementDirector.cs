using Orleans.Runtime.Placement;

namespace Grainwatch.Grains.Placement;

/// <summary>
/// Places what belongs to an endpoint in its home, so that a window is read where it is. Silos that are about to leave take nothing
/// new, as long as there is another.
/// </summary>
public sealed class HomePlacementDirector(LeavingSilos leaving) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        return Task.FromResult(IPlacementDirector.GetPlacementHint(target.RequestContextData, silos)
            ?? Homes.Of(Homes.EndpointKeyOf(target.GrainIdentity.Key.ToString()!), leaving.Without(silos)));
    }
}
