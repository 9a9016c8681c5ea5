using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Gateway.Fleet;

/// <summary>Puts the shards' lists together. The lines are aggregates that endpoints report on a cadence.</summary>
public sealed class FleetReader(IGrainFactory grains)
{
    /// <summary>Every endpoint, by key.</summary>
    public async Task<IReadOnlyList<FleetLine>> ListAsync(CancellationToken cancellationToken)
    {
        FleetLine[][] shards = await Task.WhenAll(Enumerable.Range(0, FleetShards.Count)
            .Select(shard => grains.GetGrain<IFleetShardGrain>(shard).List(cancellationToken)));
        return [.. shards.SelectMany(lines => lines).OrderBy(line => line.Key, StringComparer.Ordinal)];
    }

    /// <summary>The line of the endpoint that a text names: its name or its key; null when there is none.</summary>
    public async Task<FleetLine?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
        {
            return null;
        }

        // A key, an endpoint's name or a node's: each lies in one shard, and no other is asked.
        foreach (string key in new[] { text, EntityId.ForEndpoint(text).Key, EntityId.ForNode(text).Key }.Distinct(StringComparer.Ordinal))
        {
            FleetLine[] lines = await grains.GetGrain<IFleetShardGrain>(FleetShards.Of(key)).List(cancellationToken);
            if (lines.FirstOrDefault(line => string.Equals(line.Key, key, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
