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

    /// <summary>What came with a move; null: it is read from the store.</summary>
    private async Task<EndpointAlertsState?> CarriedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _carried is null ? null : JsonSerializer.Deserialize<EndpointAlertsState>(_carried, AlertJson.Options);
        }
        catch (JsonException)
        {
            // Of another version of the product. What is written is all of it that counts.
            await head.ReadStateAsync(cancellationToken);
            return null;
        }
        finally
        {
            _carried = null;
        }
    }
}
