using Grainwatch.Grains.Interfaces.Endpoints;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>Shows what is parked in this silo to activations in others.</summary>
public sealed class HandoverService(GrainId id, Silo silo, ILoggerFactory loggers, ParkedWindows parked)
    : GrainService(id, silo, loggers), IHandoverService
{
    public Task<WindowHandover[]> Read(string endpointKey) => Task.FromResult(parked.Read(endpointKey));

    public Task Forget(string endpointKey, string[] ids)
    {
        parked.Forget(ids);
        return Task.CompletedTask;
    }
}
