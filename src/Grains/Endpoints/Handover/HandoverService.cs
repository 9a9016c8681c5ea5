using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Placement;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>Shows what is parked in this silo to activations in others.</summary>
public sealed class HandoverService(GrainId id, Silo silo, ILoggerFactory loggers, ParkedWindows parked, WindowCopies copies, LeavingSilos leaving)
    : GrainService(id, silo, loggers), IHandoverService
{
    public Task<WindowHandover[]> Read(string endpointKey) => Task.FromResult<WindowHandover[]>([.. parked.Read(endpointKey), .. copies.Read(endpointKey)]);

    public Task Keep(string endpointKey, WindowHandover copy)
    {
        copies.Keep(endpointKey, copy);
        return Task.CompletedTask;
    }

    public Task Leaving(SiloAddress silo)
    {
        leaving.Add(silo);
        return Task.CompletedTask;
    }

    public Task Forget(string endpointKey, string[] ids)
    {
        parked.Forget(ids);
        copies.Forget(endpointKey, ids);
        return Task.CompletedTask;
    }
}
