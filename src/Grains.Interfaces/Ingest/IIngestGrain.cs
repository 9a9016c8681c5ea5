using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>
/// Takes samples whose series the cluster knows already, without a call for each endpoint: they are written into the windows
/// that are leased in the silo where they live. What it does not know goes to <see cref="Endpoints.IEndpointGrain"/> with its
/// labels once.
/// </summary>
[Alias("grainwatch.IIngestGrain")]
public interface IIngestGrain : IGrainWithIntegerKey
{
    /// <summary>Writes a frame here, and hands on what is known to live in other silos.</summary>
    [Alias("Write")]
    Task<FrameReceipt> Write(SampleFrame frame, CancellationToken cancellationToken);

    /// <summary>Writes a frame into the windows of this silo alone.</summary>
    [Alias("WriteHere")]
    Task<FrameReceipt> WriteHere(SampleFrame frame);

    /// <summary>From now on samples of these series are handed on to the silo in which their windows are.</summary>
    /// <param name="silo">Where they live.</param>
    /// <param name="series">Which.</param>
    [Alias("Learn")]
    Task Learn(SiloAddress silo, [Immutable] SourceHash[] series);
}
