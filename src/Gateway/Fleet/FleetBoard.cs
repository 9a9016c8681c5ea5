using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Gateway.Fleet;

/// <summary>
/// The worst endpoints of the fleet, at most <see cref="Most"/>. Shards are asked once a second however many look, so what an
/// answer costs depends neither on the size of the fleet nor on the number of those who ask.
/// </summary>
public sealed class FleetBoard(IGrainFactory grains, TimeProvider time) : IDisposable
{
    public const int Most = 100;

    /// <summary>Endpoints report once a second at the most: asking more often would show nothing new.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _asking = new(1);
    private volatile Seen? _seen;

    /// <summary>The worst first, as of at most a second ago.</summary>
    public async Task<IReadOnlyList<FleetLine>> WorstAsync(CancellationToken cancellationToken)
    {
        if (Current is { } known)
        {
            return known.Lines;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited finds what the one before has read.
            return Current?.Lines ?? await AskAsync(cancellationToken);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private Seen? Current => _seen is { } seen && time.GetElapsedTime(seen.At) < Fresh ? seen : null;

    private async Task<IReadOnlyList<FleetLine>> AskAsync(CancellationToken cancellationToken)
    {
        long at = time.GetTimestamp();
        FleetLine[][] shards = await Task.WhenAll(Enumerable.Range(0, FleetShards.Count)
            .Select(shard => grains.GetGrain<IFleetShardGrain>(shard).Worst(Most, cancellationToken)));
        FleetLine[] lines = [.. shards.SelectMany(lines => lines).Order(FleetOrder.Worst).Take(Most)];
        _seen = new Seen(lines, at);
        return lines;
    }

    private sealed record Seen(IReadOnlyList<FleetLine> Lines, long At);
}
