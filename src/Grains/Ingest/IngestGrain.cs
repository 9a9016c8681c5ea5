using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Signals;
using Grainwatch.Signals.Windows;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Ingest;

/// <summary>The receiver of a silo: writes frames into leased windows and calls an endpoint's grain once a row.</summary>
[StatelessWorker, Reentrant]
public sealed partial class IngestGrain(
    SeriesDirectory directory, FrameRouter router, ISiloStatusOracle silos, GrainInstruments instruments, TimeProvider time,
    ILogger<IngestGrain> logger) : Grain, IIngestGrain
{
    public async Task<FrameReceipt> Write(SampleFrame frame, CancellationToken cancellationToken)
    {
        (FrameReceipt own, Task told) = WriteOwn(frame);
        FrameReceipt receipt = await router.HandOnAsync(frame, own);
        await told;
        return receipt;
    }

    public async Task<FrameReceipt> WriteHere(SampleFrame frame)
    {
        (FrameReceipt receipt, Task told) = WriteOwn(frame);
        await told;
        return receipt;
    }

    public Task Learn(SiloAddress silo, SourceHash[] series)
    {
        // A silo that died after it had answered would be forgotten by nobody.
        if (silos.GetApproximateSiloStatus(silo) == SiloStatus.Active)
        {
            foreach (SourceHash one in series)
            {
                directory.Learn(one, silo);
            }
        }

        return Task.CompletedTask;
    }

    private (FrameReceipt Receipt, Task Told) WriteOwn(SampleFrame frame)
    {
        FrameWriter writer = new(directory, Timestamp.FromDateTimeOffset(time.GetUtcNow()));
        FrameReceipt receipt = writer.Write(frame);
        instruments.Accepted(receipt.Accepted);
        foreach (FrameRefusal refusal in receipt.Refused)
        {
            instruments.Refused(refusal.Reason, refusal.Count);
        }

        long stamp = time.GetTimestamp();
        List<Task> told = [];
        foreach (WindowLease lease in writer.Leases)
        {
            lease.WrittenAt = stamp;
            if (lease.Monitor.Block.Progress is { IsWhole: true } row && lease.TryAnnounce(row.Bucket))
            {
                told.Add(TellAsync(lease));
            }
        }

        return (receipt, Task.WhenAll(told));
    }

    private async Task TellAsync(WindowLease lease)
    {
        try
        {
            // No token: the sender may hang up, and what it sent is judged all the same.
            await GrainFactory.GetGrain<IEndpointGrain>(lease.EndpointKey).RowIsWhole(CancellationToken.None);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The points are in their windows; the row is judged by the endpoint's own clock.
            LogNotTold(logger, lease.EndpointKey, e);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "RowNotTold", Level = LogLevel.Warning,
        Message = "{Endpoint} was not told of a whole row; it is judged at its next tick")]
    private static partial void LogNotTold(ILogger logger, string endpoint, Exception exception);
}
