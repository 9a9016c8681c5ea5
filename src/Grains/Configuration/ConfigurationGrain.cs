using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Configuration;

/// <summary>
/// Holds the silences of the cluster. A change is stored, then told to every endpoint, and its answer says from when it
/// holds and who has not heard of it; whoever wakes later reads it here before anything is told.
/// </summary>
public sealed class ConfigurationGrain([PersistentState("configuration")] IPersistentState<ConfigurationState> store, TimeProvider time)
    : Grain, IConfigurationGrain
{
    /// <summary>Silences that have not ended, at the most.</summary>
    public const int SilencesMax = 1_000;

    private const int TellingMax = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task<SilenceBook> GetSilences(CancellationToken cancellationToken) => Task.FromResult(Book());

    public async Task<SilenceReceipt> AddSilence(SilenceView silence, long? version, CancellationToken cancellationToken)
    {
        if (version is { } expected && expected != store.State.Version)
        {
            return new SilenceReceipt(SilenceOutcome.OtherVersion, null, []);
        }

        if (!store.State.Silences.Exists(s => s.Id == silence.Id))
        {
            Forget();
            if (store.State.Silences.Count >= SilencesMax)
            {
                return new SilenceReceipt(SilenceOutcome.TooMany, null, []);
            }

            await ChangeAsync(() => store.State.Silences.Add(StoredSilence.Of(silence)));
        }

        return await TellAsync(silence.StartsAt);
    }

    public async Task<SilenceReceipt> EndSilence(string id, long? version, CancellationToken cancellationToken)
    {
        if (version is { } expected && expected != store.State.Version)
        {
            return new SilenceReceipt(SilenceOutcome.OtherVersion, null, []);
        }

        if (!store.State.Silences.Exists(s => s.Id == id))
        {
            return new SilenceReceipt(SilenceOutcome.Unknown, null, []);
        }

        await ChangeAsync(() => store.State.Silences.RemoveAll(s => s.Id == id));
        return await TellAsync(Now);
    }

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private SilenceBook Book() => new(
        store.State.Version,
        [.. store.State.Silences.Select(s => s.ToView()).Where(s => s.EndsAt > Now).OrderBy(s => s.Id, StringComparer.Ordinal)]);

    private void Forget() => store.State.Silences.RemoveAll(s => s.EndsAtUnixMs <= Now.UnixMs);

    private async Task ChangeAsync(Action change)
    {
        change();
        store.State.Version++;
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            // What is not stored does not hold: read again what does.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<SilenceReceipt> TellAsync(Timestamp wanted)
    {
        SilenceBook book = Book();
        List<FleetLine> lines = [];
        for (int shard = 0; shard < FleetShards.Count; shard++)
        {
            lines.AddRange(await GrainFactory.GetGrain<IFleetShardGrain>(shard).List(CancellationToken.None));
        }

        using SemaphoreSlim slots = new(TellingMax);
        using CancellationTokenSource deadline = new(Patience, time);
        (string Endpoint, Timestamp? From)[] answers = await Task.WhenAll(lines.Select(async line =>
        {
            try
            {
                await slots.WaitAsync(deadline.Token);
                try
                {
                    Task<Timestamp> told = GrainFactory.GetGrain<ICorrelationGrain>(line.Key).Silence(book, deadline.Token);
                    return (line.Endpoint, (Timestamp?)await told.WaitAsync(deadline.Token));
                }
                finally
                {
                    slots.Release();
                }
            }
            catch (Exception e) when (e is OperationCanceledException or OrleansException or TimeoutException)
            {
                return (line.Endpoint, null);
            }
        }));
        Timestamp from = answers.Aggregate(Timestamp.Max(wanted, Now), (latest, t) => t.From is { } one ? Timestamp.Max(latest, one) : latest);
        return new SilenceReceipt(SilenceOutcome.Taken, from, [.. answers.Where(t => t.From is null).Select(t => t.Endpoint)]);
    }
}
