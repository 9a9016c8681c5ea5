using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Grainwatch.Grains.Fleet;

/// <summary>
/// The list of one shard: what its endpoints last reported. Which endpoints there are is stored, so that a cluster that
/// starts knows them before any of them speaks, and one that lost a silo knows who fell silent with it. There are 64 shards at
/// most, and they stay: every silo's heartbeat wakes them.
/// </summary>
[CollectionAgeLimit(AlwaysActive = true)]
public sealed partial class FleetShardGrain(
    [PersistentState("registrations")] IPersistentState<FleetShardState> store, TimeProvider time, ILogger<FleetShardGrain> logger)
        : Grain, IFleetShardGrain
{
    /// <summary>A live endpoint reports every ten seconds as long as it is active anywhere.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(30);

    /// <summary>How long one that is woken may take: it may have to be found anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Endpoints that are woken side by side.</summary>
    private const int WakingMax = 16;

    private readonly SortedDictionary<string, FleetLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _heardAt = new(StringComparer.Ordinal);
    private long _wokenFor = -1;
    private bool _isBeating;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach ((string key, FleetRegistration known) in store.State.Endpoints)
        {
            _lines[key] = new FleetLine(known.Endpoint, key, known.Clock, null, 0, 0, 0, 0, 0, null);
            _heardAt[key] = time.GetTimestamp();
        }

        return Task.CompletedTask;
    }

    public async Task<bool> Report(FleetLine line, WatchedSeries[]? watched, CancellationToken cancellationToken)
    {
        if (!_lines.ContainsKey(line.Key) && _lines.Count >= FleetShards.MaxEndpointsPerShard)
        {
            return false;
        }

        _lines[line.Key] = line;
        _heardAt[line.Key] = time.GetTimestamp();
        FleetRegistration? before = store.State.Endpoints.GetValueOrDefault(line.Key);
        FleetRegistration registration = new(line.Endpoint, line.Clock, watched ?? before?.Watched);
        if (registration.Equals(before))
        {
            return true;
        }

        store.State.Endpoints[line.Key] = registration;
        try
        {
            await store.WriteStateAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It is listed, and not remembered: whoever reports next tries again.
            Restore(line.Key, before);
            LogNotRemembered(logger, line.Endpoint, e);
            if (e is InconsistentStateException)
            {
                // Another activation has written: read what is there before anything is written again.
                DeactivateOnIdle();
            }

            return false;
        }
    }

    public async Task Beat(long membershipVersion)
    {
        if (_isBeating)
        {
            return;
        }

        _isBeating = true;
        try
        {
            if (membershipVersion > _wokenFor)
            {
                await WakeIncidentsAsync();
                _wokenFor = membershipVersion;
            }

            await WatchAsync();
        }
        finally
        {
            _isBeating = false;
        }
    }

    public Task<FleetLine[]> List(CancellationToken cancellationToken) => Task.FromResult<FleetLine[]>([.. _lines.Values]);

    public Task<FleetLine[]> Worst(int most, CancellationToken cancellationToken) =>
        Task.FromResult<FleetLine[]>([.. _lines.Values.Order(FleetOrder.Worst).Take(most)]);

    private async Task WakeIncidentsAsync()
    {
        foreach (string[] some in store.State.Endpoints.Keys.Order(StringComparer.Ordinal).ToArray().Chunk(WakingMax))
        {
            CorrelationClock[] woken = await Task.WhenAll(some.Select(
                key => GrainFactory.GetGrain<ICorrelationGrain>(key).Wake(CancellationToken.None).WaitAsync(Patience, time)));
            foreach ((string key, CorrelationClock correlation) in some.Zip(woken))
            {
                if (_lines[key].AsOf is null)
                {
                    _lines[key] = _lines[key] with { OpenIncidents = correlation.Incidents.Open, Severity = correlation.Incidents.Severity };
                }
            }
        }
    }

    /// <summary>Wakes live endpoints that nobody has heard of: they judge what is missing, although nobody calls them.</summary>
    private async Task WatchAsync()
    {
        string[] silent = [.. store.State.Endpoints
            .Where(e => e.Value is { Clock: "live", Watched.Length: > 0 })
            .Where(e => time.GetElapsedTime(_heardAt.GetValueOrDefault(e.Key)) > SilentAfter)
            .Select(e => e.Key)];
        foreach (string[] some in silent.Chunk(WakingMax))
        {
            await Task.WhenAll(some.Select(WatchAsync));
        }
    }

    private async Task WatchAsync(string key)
    {
        try
        {
            await GrainFactory.GetGrain<IEndpointGrain>(key).Watch(store.State.Endpoints[key].Watched!).WaitAsync(Patience, time);
        }
        catch (Exception e)
        {
            LogNotWatched(logger, key, e);
        }
    }

    private void Restore(string key, FleetRegistration? before)
    {
        if (before is null)
        {
            store.State.Endpoints.Remove(key);
        }
        else
        {
            store.State.Endpoints[key] = before;
        }
    }

    [LoggerMessage(EventId = 1, EventName = "NotRemembered", Level = LogLevel.Warning,
        Message = "the store refused to remember {Endpoint}; it is tried again")]
    private static partial void LogNotRemembered(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(EventId = 2, EventName = "NotWatched", Level = LogLevel.Warning,
        Message = "{Endpoint} is silent and could not be woken; the next heartbeat tries again")]
    private static partial void LogNotWatched(ILogger logger, string endpoint, Exception exception);
}
