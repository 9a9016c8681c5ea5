using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Rules;
using Grainwatch.Signals.Rules;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Fleet;

/// <summary>
/// Sends the heartbeat of this silo to every shard, from its start on: a shard whose silo was lost wakes on another one, and wakes
/// what is in it. No reminder table is needed.
/// </summary>
public sealed partial class FleetWaker(
    IGrainFactory grains, RulesInForce rules, IClusterMembershipService membership, TimeProvider time, ILogger<FleetWaker> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _end = new();
    private long _rounds;

    /// <summary>How often every shard has had its heartbeat from here, or could not be reached.</summary>
    internal long Rounds => Interlocked.Read(ref _rounds);

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(FleetWaker), ServiceLifecycleStage.Active, Start, _ => _end.CancelAsync());
    }

    public void Dispose() => _end.Dispose();

    /// <summary>The silo's start does not wait for it: a shard that cannot be read must not keep points out.</summary>
    private Task Start(CancellationToken cancellationToken)
    {
        _ = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task RunAsync()
    {
        using PeriodicTimer timer = new(Period, time);
        try
        {
            do
            {
                await BeatAsync();
                Interlocked.Increment(ref _rounds);
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The silo stops; the others go on.
        }
    }

    private async Task BeatAsync()
    {
        await rules.Loaded;
        if (rules.Rules.Receivers.Any(r => r.Kind == ReceiverKind.Watchdog))
        {
            await TryAsync(-1, () => grains.GetGrain<ICorrelationGrain>(OwnEndpoint.Key).Wake(CancellationToken.None));
        }

        long version = membership.CurrentSnapshot.Version.Value;
        await Task.WhenAll(Enumerable.Range(0, FleetShards.Count)
            .Select(shard => TryAsync(shard, () => grains.GetGrain<IFleetShardGrain>(shard).Beat(version))));
    }

    private async Task TryAsync(int shard, Func<Task> wake)
    {
        try
        {
            // One that hangs with a silo that is going down must not keep the next heartbeat from the others.
            await wake().WaitAsync(Period, time);
        }
        catch (Exception e)
        {
            LogNotWoken(logger, shard, e);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "NotWoken", Level = LogLevel.Error,
        Message = "the endpoints of shard {Shard} were not all woken; the next heartbeat tries again")]
    private static partial void LogNotWoken(ILogger logger, int shard, Exception exception);
}
