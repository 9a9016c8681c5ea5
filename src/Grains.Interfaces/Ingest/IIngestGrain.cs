using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>
/// Takes samples whose series the silo knows already, without a call for each endpoint: they are written into the windows
/// that are leased to this silo. What it does not know goes to <see cref="Endpoints.IEndpointGrain"/> with its labels once.
/// </summary>
[Alias("grainwatch.IIngestGrain")]
public interface IIngestGrain : IGrainWithIntegerKey
{
    [Alias("Write")]
    Task<FrameReceipt> Write(SampleFrame frame, CancellationToken cancellationToken);
}
