using Grainwatch.Grains.Interfaces.Endpoints;
using Orleans.Runtime.Services;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>Addresses what is parked in a silo by name.</summary>
public sealed class HandoverServiceClient(IServiceProvider services) : GrainServiceClient<IHandoverService>(services)
{
    public IHandoverService Of(SiloAddress silo) => GetGrainService(silo);
}
