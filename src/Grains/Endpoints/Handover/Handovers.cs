using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Placement;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>
/// Brings windows from one activation to the next. Whoever goes parks them here; whoever comes reads what is parked anywhere, and only
/// when it has taken them in are they forgotten. After parking the endpoint is called, so that there is a next one: its data are
/// watched for, and of two activations the one that stays hears what the other one had.
/// </summary>
public sealed partial class Handovers(
    ParkedWindows parked, WindowCopies copies, LeavingSilos leaving, HandoverServiceClient services, ISiloStatusOracle silos, IGrainFactory grains, TimeProvider time, ILogger<Handovers> logger)
{
    /// <summary>How long a silo may take to say what is parked there. What comes later is taken in later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int CallsMax = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Keeps what an activation leaves.</summary>
    public void Leave(string endpointKey, WindowHandover handover)
    {
        parked.Park(endpointKey, handover);

        // Neither the scheduler nor the request context of the grain that goes belongs to what runs from here on.
        using AsyncFlowControl none = ExecutionContext.SuppressFlow();
        _ = Task.Run(() => CallAsync(endpointKey, handover.Id));
    }

    /// <summary>What is parked of an endpoint in any silo that can be reached.</summary>
    public async Task<WindowHandover[]> FindAsync(string endpointKey)
    {
        WindowHandover[][] found = await Task.WhenAll(Others().Select(silo => ReadAsync(silo, endpointKey)));
        return [.. parked.Read(endpointKey), .. copies.Read(endpointKey), .. found.SelectMany(h => h)];
    }

    /// <summary>The caller has them: nobody else needs them any more.</summary>
    public async Task ForgetAsync(string endpointKey, string[] ids)
    {
        parked.Forget(ids);
        copies.Forget(endpointKey, ids);
        await Task.WhenAll(Others().Select(silo => ForgetAsync(silo, endpointKey, ids)));
    }

    /// <summary>Where the endpoint would live if this silo were lost: there a copy of its windows is of use. Null: nowhere.</summary>
    public SiloAddress? Refuge(string endpointKey)
    {
        SiloAddress[] others = silos.ActiveOthers();
        return others.Length == 0 ? null : Homes.Of(endpointKey, leaving.Without(others));
    }

    /// <summary>Brings a copy there. One that does not arrive is followed by the next.</summary>
    public void Copy(string endpointKey, SiloAddress refuge, WindowHandover copy)
    {
        using AsyncFlowControl none = ExecutionContext.SuppressFlow();
        _ = Task.Run(() => CopyAsync(endpointKey, refuge, copy));
    }

    private IEnumerable<SiloAddress> Others() => silos.GetApproximateSiloStatuses()
        .Where(s => s.Value is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping && !s.Key.Equals(silos.SiloAddress))
        .Select(s => s.Key);

    private async Task<WindowHandover[]> ReadAsync(SiloAddress silo, string endpointKey)
    {
        try
        {
            return await services.Of(silo).Read(endpointKey).WaitAsync(Patience, time);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNotRead(logger, endpointKey, silo, e);
            return [];
        }
    }

    private async Task ForgetAsync(SiloAddress silo, string endpointKey, string[] ids)
    {
        try
        {
            await services.Of(silo).Forget(endpointKey, ids).WaitAsync(Patience, time);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // It ages, and whoever reads it again knows its id or has its points.
            LogNotRead(logger, endpointKey, silo, e);
        }
    }

    private async Task CopyAsync(string endpointKey, SiloAddress refuge, WindowHandover copy)
    {
        try
        {
            await services.Of(refuge).Keep(endpointKey, copy).WaitAsync(Patience, time);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNotCopied(logger, endpointKey, refuge, e);
        }
    }

    private async Task CallAsync(string endpointKey, string id)
    {
        for (int call = 0; call < CallsMax && Array.Exists(parked.Read(endpointKey), h => h.Id == id); call++)
        {
            try
            {
                await grains.GetGrain<IEndpointGrain>(endpointKey).TakeOver();
            }
            catch (Exception e)
            {
                LogNotCalled(logger, endpointKey, e);
                await Task.Delay(Pause, time);
            }
        }
    }

    [LoggerMessage(EventId = 1, EventName = "HandoverNotRead", Level = LogLevel.Warning,
        Message = "what {Silo} may have of the windows of {Endpoint} was not to be had")]
    private static partial void LogNotRead(ILogger logger, string endpoint, SiloAddress silo, Exception exception);

    [LoggerMessage(EventId = 3, EventName = "WindowsNotCopied", Level = LogLevel.Warning,
        Message = "a copy of the windows of {Endpoint} did not arrive at {Silo}")]
    private static partial void LogNotCopied(ILogger logger, string endpoint, SiloAddress silo, Exception exception);

    [LoggerMessage(EventId = 2, EventName = "HandoverNotTaken", Level = LogLevel.Warning,
        Message = "{Endpoint} could not be called to take its windows over")]
    private static partial void LogNotCalled(ILogger logger, string endpoint, Exception exception);
}
