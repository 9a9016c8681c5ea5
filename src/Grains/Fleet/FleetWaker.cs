using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Rules;
using Grainwatch.Signals.Rules;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Fleet;

/// <summary>When a silo has started, every shard wakes its endpoints' incidents: no reminder table is needed.</summary>
public sealed partial class FleetWaker(IGrainFactory grains, RulesInForce rules, ILogger<FleetWaker> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(FleetWaker), ServiceLifecycleStage.Active, Start);
    }

    /// <summary>The silo's start does not wait for it: a shard that cannot be read must not keep points out.</summary>
    private Task Start(CancellationToken cancellationToken)
    {
        _ = Task.Run(WakeAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task WakeAsync()
    {
        await rules.Loaded;
        if (rules.Rules.Receivers.Any(r => r.Kind == ReceiverKind.Watchdog))
        {
            await TryAsync(-1, () => grains.GetGrain<ICorrelationGrain>(OwnEndpoint.Key).Wake(CancellationToken.None));
        }

        await Parallel.ForAsync(0, FleetShards.Count, async (shard, _) =>
            await TryAsync(shard, () => grains.GetGrain<IFleetShardGrain>(shard).Wake(CancellationToken.None)));
    }

    private async Task TryAsync(int shard, Func<Task> wake)
    {
        try
        {
            await wake();
        }
        catch (Exception e)
        {
            LogNotWoken(logger, shard, e);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "NotWoken", Level = LogLevel.Error,
        Message = "the endpoints of shard {Shard} were not all woken; each wakes with its next report")]
    private static partial void LogNotWoken(ILogger logger, int shard, Exception exception);
}
