using System.Text;
using Grainwatch.Grains.Delivery;
using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Grains.Placement;
using Grainwatch.Grains.Rules;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Grainwatch.Grains.Correlation;

/// <summary>
/// Holds the incidents of one endpoint. What it decides is written before it is told, and what it has written it goes on
/// with after a crash. It stays for a day after the last verdict, so that what it said of an ended incident can be read.
/// </summary>
[HomePlacement, CollectionAgeLimit(Days = 1)]
public sealed partial class CorrelationGrain(
    RulesInForce rules,
    IncidentOwners owners,
    DeliveryWorker delivery,
    IEnumerable<IStoryListener> listeners,
    [PersistentState("head")] IPersistentState<CorrelationState> head,
    [PersistentState("history")] IPersistentState<HistoryState> history,
    GrainInstruments instruments,
    TimeProvider time,
    ILogger<CorrelationGrain> logger) : Grain, ICorrelationGrain
{
    private static readonly TimeSpan Reach = MonitorOptions.Default.Windows.Interval * WindowBlock.RetainedRows;
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private CorrelationStore _store = null!;
    private IncidentTurns _turns = null!;
    private EventClock _clock = null!;
    private IEndpointGrain _endpoint = null!;
    private IGrainTimer? _ticks;
    private int _topologyVersion;
    private long _rulesVersion;
    private bool _isSwept;
    private long _silencesWantedAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await rules.Loaded;
        Begin(await CarriedAsync(cancellationToken));
        _store.MustWrite(_isCarriedUnwritten);
        owners.Add(this.GetPrimaryKeyString());
    }

    public async Task<IncidentCount?> Report(Verdict[] verdicts, Timestamp asOf, TopologyVersion topology, CancellationToken cancellationToken)
    {
        if (topology.Number != _topologyVersion)
        {
            if (topology.TopologyJson is null)
            {
                return null;
            }

            Context = Context with
            {
                Topology = TopologyReader.Read(Encoding.UTF8.GetBytes(topology.TopologyJson)),

                // Silences that were heard by another clock are heard again.
                AreSilencesLoaded = Context.AreSilencesLoaded && topology.Clock == _store.Clock,
            };
            _isSwept &= _topologyVersion > 0;
            (_topologyVersion, _store.Clock) = (topology.Number, topology.Clock);
        }

        if (Array.Exists(verdicts, v => Context.Policies.GetValueOrDefault(v.RuleId)?.RuleVersion != v.RuleVersion))
        {
            // The endpoint lives in another silo, which has heard of other rules before this one.
            await rules.RefreshAsync(rules.Version + 1);
        }

        // From here on the caller can no longer cancel: the desk has taken the verdicts in.
        Timestamp now = _clock.Reported(asOf, _store.Clock);
        await OwnedAsync(() => _turns.ReportAsync(verdicts, now));
        return IncidentViews.Count(_turns.Desk.State);
    }

    public async Task UseRules(long version, CancellationToken cancellationToken)
    {
        await rules.RefreshAsync(version);
        await OwnedAsync(() => Task.CompletedTask);
    }

    public Task Answer(DeliveryAnswer answer, CancellationToken cancellationToken) =>
        OwnedAsync(() => _turns.AnswerAsync(answer, _clock.Answered(answer, _store.Clock)));

    public async Task<Timestamp> Silence(SilenceBook book, CancellationToken cancellationToken)
    {
        if (_topologyVersion == 0 && _store.WrittenAt is null)
        {
            // Nobody has reported yet: which clock it lives by is not known, and silences are read before anything is told.
            Context = Context with { AreSilencesLoaded = false };
            return _clock.Wall;
        }

        Hear(book);
        await OwnedAsync(() => _turns.TickAsync(_clock.Now(_store.Clock)));
        return _turns.SilentFrom(_clock.Now(_store.Clock), _clock.Wall);
    }

    public async Task<bool> Acknowledge(string incidentId, string by, CancellationToken cancellationToken)
    {
        if (_turns.Desk.State.Incidents.GetValueOrDefault(incidentId) is not { IsOpen: true })
        {
            return false;
        }

        Timestamp now = _clock.Now(_store.Clock);
        await OwnedAsync(() => _turns.TakeAsync(desk => desk.Acknowledge(incidentId, by, now), now));
        return true;
    }

    public async Task<FeedbackOutcome> GiveFeedback(string incidentId, FeedbackView word, CancellationToken cancellationToken)
    {
        (FeedbackOutcome Outcome, string Pattern) given = (FeedbackOutcome.Unknown, "");
        await OwnedAsync(async () => given = await _turns.GiveFeedbackAsync(incidentId, word));
        if (given.Outcome == FeedbackOutcome.Taken)
        {
            instruments.Judged(word, given.Pattern);
        }

        return given.Outcome;
    }

    public async Task<bool> RequestTest(string receiver, string requestId, CancellationToken cancellationToken)
    {
        Timestamp now = _clock.Now(_store.Clock);
        bool isKnown = Context.Receivers.ContainsKey(receiver);
        await OwnedAsync(() => _turns.TakeAsync(desk => desk.RequestTest(receiver, requestId, now), now));
        return isKnown;
    }

    public Task<TestPage?> GetTest(string requestId, CancellationToken cancellationToken) => Task.FromResult(_turns.Tests.Find(requestId));

    public Task<CorrelationClock> Wake(CancellationToken cancellationToken) =>
        Task.FromResult(new CorrelationClock(IncidentViews.Count(_turns.Desk.State), _store.WrittenAt));

    public async Task Reset(CancellationToken cancellationToken)
    {
        await _store.ClearAsync();
        Begin(carried: null);
    }

    public Task<IncidentView[]> GetIncidents(CancellationToken cancellationToken) =>
        Task.FromResult(IncidentViews.All(_turns.History, _turns.Desk.State, Context.Topology));

    public Task<AlertExplanationView> ExplainAlert(string fingerprint, CancellationToken cancellationToken) => Task.FromResult(
        AlertExplanationViews.View(AlertExplanation.Of(_turns.Desk.State, Context, fingerprint, _clock.Now(_store.Clock))));

    public Task<AlertView[]> GetAlerts(CancellationToken cancellationToken) =>
        Task.FromResult(IncidentViews.Alerts(_turns.Desk.State, Context));

    private AlertContext Context
    {
        get => _turns.Desk.Context;
        set => _turns.Desk.Context = value;
    }

    /// <summary>Takes up what is stored.</summary>
    /// <param name="carried">What came with a move, which is newer; null: nothing did.</param>
    private void Begin(EndpointAlertsState? carried)
    {
        string key = this.GetPrimaryKeyString();
        _store = new CorrelationStore(key, head, history, logger);
        _clock = new EventClock(time, _store.WrittenAt);
        _endpoint = GrainFactory.GetGrain<IEndpointGrain>(key);
        _silencesWantedAt = time.GetTimestamp();
        (_rulesVersion, _isSwept) = (rules.Version, false);
        _turns = IncidentTurns.Begin(key, rules.Rules, this.RuntimeIdentity, _store, carried, ExportAsync, delivery, listeners, time);
        KeepTime();
    }

    /// <summary>Runs a turn of an activation that owns its state; one that lost it must read before it says another word.</summary>
    private async Task OwnedAsync(Func<Task> turn)
    {
        try
        {
            await HearSilencesAsync();
            await TakeRulesAsync();
            await turn();
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            throw;
        }

        KeepTime();
    }

    /// <summary>
    /// Takes other rules, and looks for what they no longer ask for: also when it wakes and when it knows what exists, since the
    /// process may have died between a change and this.
    /// </summary>
    private async Task TakeRulesAsync()
    {
        if (_rulesVersion == rules.Version && _isSwept)
        {
            return;
        }

        bool isOther = _rulesVersion != rules.Version;
        (_rulesVersion, _isSwept) = (rules.Version, true);
        if (!isOther && RuleSweep.Inputs(_turns.Desk.State, rules.Rules, Context.Topology).Count == 0)
        {
            return;
        }

        await _turns.UseAsync(rules.Rules, _clock.Now(_store.Clock));
    }

    /// <summary>While something is on its way the clock goes on although nobody reports; else nothing ticks.</summary>
    private void KeepTime()
    {
        if (!_turns.HasOpenWork)
        {
            _ticks?.Dispose();
            _ticks = null;
        }
        else
        {
            _ticks ??= this.RegisterGrainTimer(OnTickAsync, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { KeepAlive = true });
        }
    }

    private Task OnTickAsync(CancellationToken cancellationToken) =>
        _clock.Passing(_store.Clock) is { } now ? OwnedAsync(() => _turns.TickAsync(now)) : Task.CompletedTask;
}
