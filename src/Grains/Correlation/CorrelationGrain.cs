using System.Text;
using System.Text.Json;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Grainwatch.Grains.Correlation;

/// <summary>
/// Holds the incidents of one endpoint: folds verdicts, has causes named, writes state and outbox in one write, and only
/// then publishes. It stays for a day after the last verdict, so that what it said of an ended incident can be read.
/// </summary>
[CollectionAgeLimit(Days = 1)]
public sealed partial class CorrelationGrain(
    RuleSet rules,
    Publishing publishing,
    IEnumerable<IStoryListener> listeners,
    [PersistentState("alerts")] IPersistentState<CorrelationState> store,
    TimeProvider time,
    ILogger<CorrelationGrain> logger) : Grain, ICorrelationGrain
{
    private static readonly TimeSpan Reach = MonitorOptions.Default.Windows.Interval * WindowBlock.RetainedRows;

    private readonly IncidentHistory _history = new();
    private IncidentDesk _desk = null!;
    private IEndpointGrain _endpoint = null!;
    private int _topologyVersion;
    private bool _isUnwritten;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        string key = this.GetPrimaryKeyString();
        EntityId id = EntityId.TryParseKey(key, out EntityId? parsed) ? parsed! : throw new FormatException($"'{key}' is no entity key");
        string name = id.ToString();
        AlertContext context = AlertContextFactory.Create(name, rules, TopologyMap.Empty, MonitorOptions.Default.Windows.Interval, this.RuntimeIdentity);
        EndpointAlertsState state = store.State.AlertsJson is { } json ? JsonSerializer.Deserialize<EndpointAlertsState>(json, AlertJson.Options)! : EndpointAlertsState.Empty(name);
        _desk = new IncidentDesk(state, context, CorrelatorOptions.Default);
        _endpoint = GrainFactory.GetGrain<IEndpointGrain>(key);
        return Task.CompletedTask;
    }

    public async Task<IncidentCount> Report(Verdict[] verdicts, Timestamp asOf, int topologyVersion, CancellationToken cancellationToken)
    {
        if (topologyVersion != _topologyVersion)
        {
            TopologyVersion topology = await _endpoint.GetTopology(cancellationToken);
            _topologyVersion = topology.Number;
            _desk.Context = _desk.Context with { Topology = TopologyReader.Read(Encoding.UTF8.GetBytes(topology.TopologyJson)) };
        }

        // From here on the caller can no longer cancel: the desk has taken the verdicts in.
        List<StoryEvent> story = [];
        await StepAsync(_desk.Fold(verdicts, asOf), asOf, story);
        DeskStep told = _desk.Tick(asOf);
        await StepAsync(told, asOf, story);
        try
        {
            await WriteAsync();
        }
        finally
        {
            // What the desk decided has happened, also when the store refuses; only a page waits for the store.
            Tell(StoryCompaction.Compact(story));
        }

        await PublishAsync(told, asOf);
        return IncidentViews.Count(_desk.State);
    }

    public Task<IncidentView[]> GetIncidents(CancellationToken cancellationToken) =>
        Task.FromResult(IncidentViews.All(_history, _desk.Context.Topology));

    public Task<AlertView[]> GetAlerts(CancellationToken cancellationToken) =>
        Task.FromResult(IncidentViews.Alerts(_desk.State, _desk.Context));

    private async Task StepAsync(DeskStep step, Timestamp asOf, List<StoryEvent> story)
    {
        story.AddRange(step.Story);
        _isUnwritten |= step.MustWrite || step.Diagnoses.Count > 0;
        SeriesData[] series = step.Diagnoses.Count == 0 ? [] : await ExportAsync(asOf);
        foreach (EndpointEffect.DiagnosisWanted wanted in step.Diagnoses)
        {
            story.AddRange(_desk.Diagnose(wanted, series, asOf).Story);
        }
    }

    private async Task<SeriesData[]> ExportAsync(Timestamp asOf)
    {
        try
        {
            return await _endpoint.Export(asOf - Reach, asOf, CancellationToken.None);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // An incident without an explanation is better than none.
            LogNotExplained(logger, this.GetPrimaryKeyString(), e);
            return [];
        }
    }

    private async Task PublishAsync(DeskStep step, Timestamp asOf)
    {
        foreach (EndpointEffect.PublishWanted wanted in step.Publish)
        {
            PublishResult result = await publishing.SendAsync(wanted.Row, wanted.Body);
            DeskStep answered = _desk.Answer(wanted.Row.Id, result.Answer, result.MessageId, asOf);
            _history.Delivered(wanted.Row.Id, result.Answer);
            Tell(answered.Story);
            _isUnwritten = true;
            await WriteAsync();
            await PublishAsync(answered, asOf);
        }
    }

    private void Tell(IReadOnlyList<StoryEvent> story)
    {
        Timestamp now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        foreach (StoryEvent line in story)
        {
            bool isNews = _history.Add(line, now);
            foreach (IStoryListener listener in isNews ? listeners : [])
            {
                listener.Tell(line);
            }
        }
    }

    private async Task WriteAsync()
    {
        if (!_isUnwritten)
        {
            return;
        }

        try
        {
            store.State.AlertsJson = JsonSerializer.Serialize(_desk.State.ToHead(), AlertJson.Options);
            await store.WriteStateAsync();
            _isUnwritten = false;
        }
        catch (InconsistentStateException)
        {
            // Another activation has written: this one is not the owner, and must read before it says another word.
            DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(EventId = 1, EventName = "NotExplained", Level = LogLevel.Warning, Message = "the series of {Endpoint} were not to be had; its incident is told without a cause")]
    private static partial void LogNotExplained(ILogger logger, string endpoint, Exception exception);
}
