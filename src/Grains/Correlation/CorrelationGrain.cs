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

namespace Grainwatch.Grains.Correlation;

/// <summary>
/// Holds the incidents of one endpoint: folds verdicts, has causes named, writes state and outbox in one write, and only
/// then publishes.
/// </summary>
public sealed class CorrelationGrain(
    RuleSet rules,
    Publishing publishing,
    IEnumerable<IStoryListener> listeners,
    [PersistentState("alerts")] IPersistentState<CorrelationState> store) : Grain, ICorrelationGrain
{
    private static readonly TimeSpan Reach = MonitorOptions.Default.Windows.Interval * WindowBlock.RetainedRows;

    private readonly IncidentHistory _history = new();
    private IncidentDesk _desk = null!;
    private IEndpointGrain _endpoint = null!;
    private int _topologyVersion;

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

        List<StoryEvent> story = [];
        DeskStep folded = _desk.Fold(verdicts, asOf);
        story.AddRange(folded.Story);
        bool mustWrite = folded.MustWrite | await ExplainAsync(folded, asOf, story, cancellationToken);
        DeskStep told = _desk.Tick(asOf);
        story.AddRange(told.Story);
        mustWrite |= told.MustWrite | await ExplainAsync(told, asOf, story, cancellationToken);
        if (mustWrite)
        {
            await WriteAsync();
        }

        Tell(StoryCompaction.Compact(story));
        await PublishAsync(told, asOf, cancellationToken);
        return IncidentViews.Count(_desk.State);
    }

    public Task<IncidentView[]> GetIncidents(CancellationToken cancellationToken) =>
        Task.FromResult(IncidentViews.All(_history, _desk.Context.Topology));

    public Task<AlertView[]> GetAlerts(CancellationToken cancellationToken) =>
        Task.FromResult(IncidentViews.Alerts(_desk.State, _desk.Context));

    private async Task<bool> ExplainAsync(DeskStep step, Timestamp asOf, List<StoryEvent> story, CancellationToken cancellationToken)
    {
        if (step.Diagnoses.Count == 0)
        {
            return false;
        }

        SeriesData[] series = await _endpoint.Export(asOf - Reach, asOf, cancellationToken);
        foreach (EndpointEffect.DiagnosisWanted wanted in step.Diagnoses)
        {
            story.AddRange(_desk.Diagnose(wanted, series, asOf).Story);
        }

        return true;
    }

    private async Task PublishAsync(DeskStep step, Timestamp asOf, CancellationToken cancellationToken)
    {
        foreach (EndpointEffect.PublishWanted wanted in step.Publish)
        {
            PublishResult result = await publishing.SendAsync(wanted.Row, wanted.Body, cancellationToken);
            DeskStep answered = _desk.Answer(wanted.Row.Id, result.Answer, result.MessageId, asOf);
            _history.Delivered(wanted.Row.Id, result.Answer);
            Tell(answered.Story);
            await WriteAsync();
            await PublishAsync(answered, asOf, cancellationToken);
        }
    }

    private void Tell(IReadOnlyList<StoryEvent> story)
    {
        foreach (StoryEvent line in story)
        {
            _history.Add(line);
            foreach (IStoryListener listener in listeners)
            {
                listener.Tell(line);
            }
        }
    }

    private Task WriteAsync()
    {
        store.State.AlertsJson = JsonSerializer.Serialize(_desk.State.ToHead(), AlertJson.Options);
        return store.WriteStateAsync();
    }
}
