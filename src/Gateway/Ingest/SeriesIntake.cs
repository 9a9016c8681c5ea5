using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Signals.Topology;
using Orleans.Runtime;

namespace Grainwatch.Gateway.Ingest;

/// <summary>Hands each endpoint its part of a request, in one call.</summary>
public sealed class SeriesIntake(IGrainFactory grains)
{
    /// <summary>Endpoints that are written at the same time, for one request.</summary>
    private const int Parallelism = 16;

    public async Task<IntakeResult> WriteAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using SemaphoreSlim gate = new(Parallelism);
        (EntityId Owner, WriteReceipt Receipt)[] receipts = await Task.WhenAll(batch.ByOwner.Select(async part =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return (part.Key, await grains.GetGrain<IEndpointGrain>(part.Key.Key).Write([.. part.Value], cancellationToken));
            }
            finally
            {
                gate.Release();
            }
        }));
        await TellReceiverAsync(batch, receipts);
        int accepted = batch.Ignored;
        foreach ((EntityId owner, WriteReceipt receipt) in receipts)
        {
            accepted += receipt.Accepted;
            int rest = receipt.Rejected;
            foreach (string reason in receipt.Reasons)
            {
                // The count of all stands with the first: a receipt tells reasons, not samples.
                batch.Reject(-1, owner.ToString(), "refused", reason, rest);
                rest = 0;
            }
        }

        return new IntakeResult(accepted, batch.Rejected, batch.Errors);
    }

    /// <summary>Tells the receiver of the frame which of its series live in other silos: from now on it hands them on itself.</summary>
    private async Task TellReceiverAsync(IntakeBatch batch, (EntityId Owner, WriteReceipt Receipt)[] receipts)
    {
        ILookup<SiloAddress, SourceHash> elsewhere = receipts
            .Where(r => batch.Receiver is not null && r.Receipt.Silo is { } silo && !silo.Equals(batch.Receiver))
            .SelectMany(r => r.Receipt.Known ?? [], (r, known) => (Silo: r.Receipt.Silo!, batch.ByOwner[r.Owner][known].Source))
            .ToLookup(s => s.Silo, s => s.Source);
        try
        {
            await Task.WhenAll(elsewhere.Select(silo => grains.GetGrain<IIngestGrain>(0).Learn(silo.Key, [.. silo])));
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Every point is in its windows; the next request goes the long way once more.
        }
    }
}
