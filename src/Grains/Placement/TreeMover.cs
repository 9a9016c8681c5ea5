using Grainwatch.Grains.Correlation;
using Grainwatch.Grains.Delivery;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grainwatch.Grains.Placement;

/// <summary>
/// Moves endpoints to their homes: after a silo has joined, and away from this silo before it ends. Windows go with them
/// (docs/decisions/0008), so nothing is missing and nothing is judged anew.
/// </summary>
public sealed partial class TreeMover(
    WindowLeases leases, IncidentOwners incidents, LeavingSilos leaving, HandoverServiceClient services, ISiloStatusOracle silos, IGrainFactory grains,
    DeliveryWorker delivery, IOptions<TreeOptions> options, TimeProvider time, ILogger<TreeMover> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan DrainStep = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Endpoints that move side by side: those that wait to be judged are more important.</summary>
    private const int MovingMax = 8;

    private readonly CancellationTokenSource _end = new();
    private Task _looking = Task.CompletedTask;

    /// <summary>True from the moment on at which this silo was told to end.</summary>
    public bool IsLeaving => leaving.Contains(silos.SiloAddress);

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(TreeMover), ServiceLifecycleStage.Active, Start, StopAsync);
    }

    public void Dispose() => _end.Dispose();

    /// <summary>Sends those home that are here and live elsewhere by now.</summary>
    internal async Task MoveAsync()
    {
        SiloAddress[] staying = leaving.Without([.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys]);
        bool IsAway(string key) => staying.Length > 0 && !Homes.Of(key, staying).Equals(silos.SiloAddress);
        Func<Task>[] away =
        [
            .. incidents.Keys.Where(IsAway).Select(key => (Func<Task>)(() => MoveAsync(key, grains.GetGrain<ICorrelationGrain>(key).GoHome))),
            .. leases.Keys.Where(IsAway).Select(key => (Func<Task>)(() => MoveAsync(key, grains.GetGrain<IEndpointGrain>(key).GoHome))),
        ];
        if (away.Length == 0)
        {
            return;
        }

        LogMoving(logger, away.Length, incidents.Count + leases.Count);
        foreach (Func<Task>[] some in away.Chunk(MovingMax))
        {
            await Task.WhenAll(some.Select(move => move()));
        }
    }

    private Task Start(CancellationToken cancellationToken)
    {
        _looking = Task.Run(LookAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task LookAsync()
    {
        if (options.Value.LookEvery == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        using PeriodicTimer timer = new(options.Value.LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await MoveAsync();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // From here on the drain moves.
        }
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _looking;
        SiloAddress[] others = silos.ActiveOthers();
        leaving.Add(silos.SiloAddress);
        await Task.WhenAll(others.Select(TellAsync));
        using CancellationTokenSource patience = new(options.Value.DrainFor, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while ((others.Length > 0 && leases.Count + incidents.Count > 0) || delivery.IsBusy)
            {
                either.Token.ThrowIfCancellationRequested();
                if (others.Length > 0)
                {
                    await MoveAsync().WaitAsync(either.Token);
                }

                await Task.Delay(DrainStep, time, either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogNotDrained(logger, leases.Count + incidents.Count, delivery.IsBusy);
        }
    }

    private async Task TellAsync(SiloAddress silo)
    {
        try
        {
            await services.Of(silo).Leaving(silos.SiloAddress).WaitAsync(Patience, time);
        }
        catch (Exception e)
        {
            // It may send new endpoints here for a moment; they are moved like the others.
            LogNotTold(logger, silo, e);
        }
    }

    private async Task MoveAsync(string key, Func<Task> goHome)
    {
        try
        {
            await goHome().WaitAsync(Patience, time);
        }
        catch (Exception e)
        {
            // Whatever it was: the others must move, and this one is tried again.
            LogNotMoved(logger, key, e);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "TreesMove", Level = LogLevel.Information,
        Message = "{Count} of the {All} windows and incidents in this silo move to their homes")]
    private static partial void LogMoving(ILogger logger, int count, int all);

    [LoggerMessage(EventId = 2, EventName = "TreeNotMoved", Level = LogLevel.Warning, Message = "{Endpoint} did not move; it is tried again")]
    private static partial void LogNotMoved(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(EventId = 3, EventName = "NotToldOfLeaving", Level = LogLevel.Warning, Message = "{Silo} was not told that this silo leaves")]
    private static partial void LogNotTold(ILogger logger, SiloAddress silo, Exception exception);

    [LoggerMessage(EventId = 4, EventName = "NotDrained", Level = LogLevel.Warning,
        Message = "the silo ends with {Count} windows and incidents that did not move, attempts at notifications under way: {IsBusy}; they are taken up elsewhere")]
    private static partial void LogNotDrained(ILogger logger, int count, bool isBusy);
}
