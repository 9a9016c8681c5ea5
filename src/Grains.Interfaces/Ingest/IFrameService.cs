using Orleans.Concurrency;
using Orleans.Services;

namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>
/// The receiver of one silo, for the other silos: one of them that gets a frame hands on what lives here, in one frame for
/// the silo and request. It hands nothing on itself.
/// </summary>
[Alias("grainwatch.IFrameService")]
public interface IFrameService : IGrainService
{
    /// <summary>Writes into the windows of this silo; what it does not know comes back as unknown.</summary>
    [Alias("Write"), AlwaysInterleave]
    Task<FrameReceipt> Write(SampleFrame frame);
}
