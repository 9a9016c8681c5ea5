using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Fleet;

/// <summary>
/// The list of one shard: what its endpoints last reported. Which endpoints there are is stored, so that a cluster that
/// starts knows them before any of them speaks. There are 64 shards at most, and they stay.
/// </summary>
[CollectionAgeLimit(AlwaysActive = true)]
public sealed partial class FleetShardGrain(
    [PersistentState("registrations")] IPersistentState<FleetShardState> store, ILogger<FleetShardGrain> logger) : Grain, IFleetShardGrain
{
    /// <summary>Endpoints that are woken side by side.</summary>
    private const int WakingMax = 16;

    private readonly SortedDictionary<string, FleetLine> _lines = new(StringComparer.Ordinal);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach ((string key, FleetRegistration known) in store.State.Endpoints)
        {
            _lines[key] = new FleetLine(known.Endpoint, key, known.Clock, null, 0, 0, 0, 0, 0, null);
        }

        return Task.CompletedTask;
    }

    public async Task<bool> Report(FleetLine line, CancellationToken cancellationToken)
    {
        if (!_lines.ContainsKey(line.Key) && _lines.Count >= FleetShards.MaxEndpointsPerShard)
        {
            return false;
        }

        FleetRegistration registration = new(line.Endpoint, line.Clock);
        _lines[line.Key] = line;
        if (store.State.Endpoints.GetValueOrDefault(line.Key) == registration)
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
            store.State.Endpoints.Remove(line.Key);
            LogNotRemembered(logger, line.Endpoint, e);
            return false;
        }
    }

    public async Task Wake(CancellationToken cancellationToken)
    {
        foreach (string[] some in store.State.Endpoints.Keys.Order(StringComparer.Ordinal).Chunk(WakingMax))
        {
            CorrelationClock[] woken = await Task.WhenAll(some.Select(key => GrainFactory.GetGrain<ICorrelationGrain>(key).Wake(cancellationToken)));
            foreach ((string key, CorrelationClock correlation) in some.Zip(woken))
            {
                if (_lines[key].AsOf is null)
                {
                    _lines[key] = _lines[key] with { OpenIncidents = correlation.Incidents.Open, Severity = correlation.Incidents.Severity };
                }
            }
        }
    }

    public Task<FleetLine[]> List(CancellationToken cancellationToken) => Task.FromResult<FleetLine[]>([.. _lines.Values]);

    [LoggerMessage(EventId = 1, EventName = "NotRemembered", Level = LogLevel.Warning, Message = "the store refused to remember {Endpoint}; it is tried again")]
    private static partial void LogNotRemembered(ILogger logger, string endpoint, Exception exception);
}
