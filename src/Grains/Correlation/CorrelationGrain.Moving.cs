using System.Text.Json;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Correlation;

/// <content>
/// What travels when it moves: alerts of which nothing is written are part of it, so that no hold begins anew. What is written travels
/// with the persistent state, but without the alerts' text, which is kept in memory in another form.
/// </content>
public sealed partial class CorrelationGrain : IGrainMigrationParticipant
{
    private const string AlertsKey = "grainwatch.alerts";
    private const string UnwrittenKey = "grainwatch.alerts-unwritten";

    private byte[]? _carried;
    private bool _isCarriedUnwritten;

    public Task GoHome()
    {
        this.MigrateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        owners.Remove(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <summary>Comes before <see cref="OnActivateAsync"/>.</summary>
    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        rehydrationContext.TryGetValue(AlertsKey, out _carried);
        rehydrationContext.TryGetValue(UnwrittenKey, out _isCarriedUnwritten);
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        dehydrationContext.TryAddValue(AlertsKey, JsonSerializer.SerializeToUtf8Bytes(_turns.Desk.State, AlertJson.Options));
        dehydrationContext.TryAddValue(UnwrittenKey, _store.IsUnwritten);
    }

    /// <summary>What came with a move; null: nothing that can be read, as of another version of the product, and the store has the word.</summary>
    private async Task<EndpointAlertsState?> CarriedAsync(CancellationToken cancellationToken)
    {
        EndpointAlertsState? carried = Read(_carried);
        _carried = null;
        if (carried is null && head is { RecordExists: true, State.AlertsJson: null })
        {
            // The persistent state travelled, and its text does not travel with it: what is written is all of it that counts.
            await head.ReadStateAsync(cancellationToken);
        }

        return carried;
    }

    private static EndpointAlertsState? Read(byte[]? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<EndpointAlertsState>(json, AlertJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
