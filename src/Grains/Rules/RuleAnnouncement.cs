using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;

namespace Grainwatch.Grains.Rules;

/// <summary>Tells every endpoint of other rules, within bounds. Who did not hear looks by itself, within seconds.</summary>
public sealed class RuleAnnouncement(IGrainFactory grains, TimeProvider time)
{
    private const int TellingMax = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>Endpoints that did not answer in time.</returns>
    public async Task<string[]> TellAsync(long version)
    {
        List<(string Name, Func<CancellationToken, Task> Tell)> calls =
            [(OwnEndpoint.Name, token => grains.GetGrain<ICorrelationGrain>(OwnEndpoint.Key).UseRules(version, token))];
        for (int shard = 0; shard < FleetShards.Count; shard++)
        {
            calls.AddRange((await grains.GetGrain<IFleetShardGrain>(shard).List(CancellationToken.None))
                .Select(line => (line.Endpoint,
                    (Func<CancellationToken, Task>)(token => grains.GetGrain<IEndpointGrain>(line.Key).UseRules(version, token)))));
        }

        using SemaphoreSlim slots = new(TellingMax);
        using CancellationTokenSource deadline = new(Patience, time);
        string?[] missed = await Task.WhenAll(calls.Select(async call =>
        {
            try
            {
                await slots.WaitAsync(deadline.Token);
                try
                {
                    await call.Tell(deadline.Token).WaitAsync(deadline.Token);
                    return null;
                }
                finally
                {
                    slots.Release();
                }
            }
            catch (Exception e) when (e is OperationCanceledException or OrleansException or TimeoutException or IOException)
            {
                return call.Name;
            }
        }));
        return [.. missed.OfType<string>()];
    }
}
