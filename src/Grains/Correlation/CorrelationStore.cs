using System.Text.Json;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Grainwatch.Grains.Correlation;

/// <summary>Writes what a correlation grain must not lose: the head, which decides, and the history, which tells.</summary>
internal sealed partial class CorrelationStore(
    string key, IPersistentState<CorrelationState> head, IPersistentState<HistoryState> history, ILogger logger)
{
    private bool _isUnwritten;
    private Timestamp _heardAt = new(head.State.ClockUnixMs);

    /// <summary>Since when the store has refused, on the clock of the writes; null: it does not.</summary>
    public Timestamp? RefusedSince { get; private set; }

    /// <summary>The clock of what is written; null: nothing is.</summary>
    public Timestamp? WrittenAt => head.RecordExists ? new Timestamp(head.State.ClockUnixMs) : null;

    /// <summary>What is written beside the alerts.</summary>
    public CorrelationState State => head.State;

    /// <summary>Which clock the endpoint lives by. Another one starts anew: instants of two clocks do not compare.</summary>
    public ClockDomain Clock
    {
        get;
        set
        {
            _heardAt = field == value ? _heardAt : default;
            field = value;
        }
    } = head.State.Clock;

    public bool IsUnwritten => _isUnwritten;

    public EndpointAlertsState? ReadHead() =>
        head.State.AlertsJson is { } json ? JsonSerializer.Deserialize<EndpointAlertsState>(json, AlertJson.Options) : null;

    public IncidentHistory ReadHistory() => new(history.State.EntriesJson);

    /// <summary>Says that the next write must not be left out.</summary>
    public void MustWrite(bool isSo = true) => _isUnwritten |= isSo;

    /// <summary>Writes the head where something of it is unwritten.</summary>
    /// <returns>False: the store refuses; what was decided is not to be acted on.</returns>
    /// <exception cref="InconsistentStateException">Another activation has written: this one is not the owner any more.</exception>
    public async Task<bool> TryWriteAsync(EndpointAlertsState state, Timestamp now)
    {
        // An answer belongs to the time of its claim, which may be long past; the state is as old as what it has heard.
        _heardAt = Timestamp.Max(_heardAt, now);
        if (!_isUnwritten)
        {
            return true;
        }

        try
        {
            head.State.AlertsJson = JsonSerializer.Serialize(state.ToHead(), AlertJson.Options);
            (head.State.ClockUnixMs, head.State.Clock) = (_heardAt.UnixMs, Clock);
            await head.WriteStateAsync();
            head.State.AlertsJson = null; // The state itself is in memory: its text would be as much again.
            (_isUnwritten, RefusedSince) = (false, null);
            return true;
        }
        catch (Exception e) when (e is not InconsistentStateException)
        {
            RefusedSince = RefusedSince is { } since && since <= now ? since : now;
            LogRefused(logger, key, e);
            return false;
        }
    }

    /// <summary>Writes what was said. No page waits for it, and a refusal is made up for by the next write.</summary>
    /// <returns>False: the store refuses.</returns>
    public async Task<bool> WriteHistoryAsync(IncidentHistory entries)
    {
        if (!entries.IsChanged)
        {
            return true;
        }

        try
        {
            history.State.EntriesJson = entries.ToJson();
            await history.WriteStateAsync();
            entries.IsChanged = false;
            return true;
        }
        catch (Exception e) when (e is not InconsistentStateException)
        {
            LogRefused(logger, key, e);
            return false;
        }
    }

    public async Task ClearAsync()
    {
        await head.ClearStateAsync();
        await history.ClearStateAsync();
    }

    [LoggerMessage(EventId = 2, EventName = "StoreRefused", Level = LogLevel.Error, Message = "the store refuses to write the incidents of {Endpoint}; pages wait, and after a minute go out unrecorded")]
    private static partial void LogRefused(ILogger logger, string endpoint, Exception exception);
}
