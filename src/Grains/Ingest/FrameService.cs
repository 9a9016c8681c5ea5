using Grainwatch.Grains.Interfaces.Ingest;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Ingest;

/// <summary>The door of this silo's receiver for the other silos.</summary>
public sealed class FrameService(GrainId id, Silo silo, ILoggerFactory loggers, IGrainFactory grains)
    : GrainService(id, silo, loggers), IFrameService
{
    // A stateless worker is always called in the silo of its caller, so this writes here, on as many threads as there is work for.
    public Task<FrameReceipt> Write(SampleFrame frame) => grains.GetGrain<IIngestGrain>(0).WriteHere(frame);
}
