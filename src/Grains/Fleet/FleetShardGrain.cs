using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Grains.Fleet;

/// <summary>The list of one shard: what its endpoints last reported. There are 64 at most, and they stay: the lines are nowhere else.</summary>
[CollectionAgeLimit(AlwaysActive = true)]
public sealed class FleetShardGrain : Grain, IFleetShardGrain
{
    private readonly SortedDictionary<string, FleetLine> _lines = new(StringComparer.Ordinal);

    public Task<bool> Report(FleetLine line, CancellationToken cancellationToken)
    {
        if (!_lines.ContainsKey(line.Key) && _lines.Count >= FleetShards.MaxEndpointsPerShard)
        {
            return Task.FromResult(false);
        }

        _lines[line.Key] = line;
        return Task.FromResult(true);
    }

    public Task<FleetLine[]> List(CancellationToken cancellationToken) => Task.FromResult<FleetLine[]>([.. _lines.Values]);
}
