using Grainwatch.Grains.Interfaces.Ingest;
using Orleans.Runtime.Services;

namespace Grainwatch.Grains.Ingest;

/// <summary>Addresses the receiver of a silo by name.</summary>
public sealed class FrameServiceClient(IServiceProvider services) : GrainServiceClient<IFrameService>(services)
{
    public IFrameService Of(SiloAddress silo) => GetGrainService(silo);
}
