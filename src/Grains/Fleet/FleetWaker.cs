using Grainwatch.Grains.Interfaces.Fleet;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Fleet;

/// <summary>When a silo has started, every shard wakes its endpoints' incidents: no reminder table is needed.</summary>
public sealed partial class FleetWaker(IGrainFactory grains, ILogger<FleetWaker> logger) : ILifecycleParticipant<ISiloLifecycle>
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
        await Parallel.ForAsync(0, FleetShards.Count, async (shard, cancellationToken) =>
        {
            try
            {
                await grains.GetGrain<IFleetShardGrain>(shard).Wake(cancellationToken);
            }
            catch (Exception e)
            {
                LogNotWoken(logger, shard, e);
            }
        });
    }

    [LoggerMessage(EventId = 1, EventName = "NotWoken", Level = LogLevel.Error, Message = "the endpoints of shard {Shard} were not all woken; each wakes with its next report")]
    private static partial void LogNotWoken(ILogger logger, int shard, Exception exception);
}
