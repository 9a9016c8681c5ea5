using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;

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
        IReadOnlyList<FleetLine> all = await ListAsync(cancellationToken);
        return all.FirstOrDefault(line => string.Equals(line.Key, text, StringComparison.Ordinal))
            ?? all.FirstOrDefault(line => string.Equals(line.Endpoint, text, StringComparison.Ordinal));
    }
}
