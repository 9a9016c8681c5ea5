using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// Everything of one endpoint without a cluster: its monitor, its incident desk, and a publisher to whom every message
/// counts as delivered. What a replay and a rule test drive; in a cluster two grains share the same work.
/// </summary>
public sealed class EndpointPipeline
{
    private readonly IncidentDesk _desk;
    private int _topologyVersion;

    /// <param name="id">The endpoint or node.</param>
    /// <param name="topology">What exists; other endpoints are left out.</param>
    /// <param name="rules">What is asked of it.</param>
    public EndpointPipeline(EntityId id, TopologyMap topology, RuleSet rules)
    {
        Monitor = new EndpointMonitor(id, rules, MonitorOptions.Default, VerdictEpoch.Single);
        Monitor.Declare(topology);
        _topologyVersion = Monitor.TopologyVersion;
        AlertContext context = AlertContextFactory.Create(id.ToString(), rules, Monitor.Topology, Monitor.Block.Interval, "offline");
        _desk = new IncidentDesk(EndpointAlertsState.Empty(id.ToString()), context, CorrelatorOptions.Default);
    }

    public EndpointMonitor Monitor { get; }

    public EndpointAlertsState Alerts => _desk.State;

    /// <summary>Judges everything up to the end of a bucket and carries out what follows.</summary>
    /// <returns>What happened, in order.</returns>
    public IReadOnlyList<StoryEvent> Settle(Timestamp now)
    {
        IReadOnlyList<Verdict> verdicts = Monitor.Judge(now);
        if (_topologyVersion != Monitor.TopologyVersion)
        {
            _topologyVersion = Monitor.TopologyVersion;
            _desk.Context = _desk.Context with { Topology = Monitor.Topology };
        }

        List<StoryEvent> story = [];
        DeskStep folded = _desk.Fold(verdicts, now);
        story.AddRange(folded.Story);
        Explain(folded, now, story);
        Deliver(_desk.Tick(now), now, story);
        return StoryCompaction.Compact(story);
    }

    private void Explain(DeskStep step, Timestamp now, List<StoryEvent> story)
    {
        if (step.Diagnoses.Count == 0)
        {
            return;
        }

        IReadOnlyList<SeriesData> series = Monitor.Block.Export(now - (Monitor.Block.Interval * WindowBlock.RetainedRows), now);
        foreach (EndpointEffect.DiagnosisWanted wanted in step.Diagnoses)
        {
            story.AddRange(_desk.Diagnose(wanted, series, now).Story);
        }
    }

    private void Deliver(DeskStep step, Timestamp now, List<StoryEvent> story)
    {
        story.AddRange(step.Story);
        Explain(step, now, story);
        foreach (EndpointEffect.PublishWanted wanted in step.Publish)
        {
            Deliver(_desk.Answer(wanted.Row.Id, PublishAnswer.Accepted, null, now), now, story);
        }
    }
}
