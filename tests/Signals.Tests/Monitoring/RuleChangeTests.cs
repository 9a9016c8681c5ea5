using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

/// <summary>Rules that change while they are judged: what keeps its hold and its episode, what begins anew, what ends.</summary>
public sealed class RuleChangeTests
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");

    private readonly EndpointMonitor _monitor = new(MonitorRules.Endpoint, Rules(), MonitorOptions.Default, VerdictEpoch.Single);
    private readonly IncidentDesk _desk = new(
        EndpointAlertsState.Empty("chat"),
        AlertContextFactory.Create("chat", Rules(), TopologyMap.Empty, Bucket, "test"),
        CorrelatorOptions.Default);

    private RuleSet _rules = Rules();
    private int _bucket;

    [Fact]
    public void Use_ShorterHold_FiresByTheTimeThatWasHeldBefore()
    {
        Feed(40, 0.5);
        Feed(12, 1);
        Assert.Equal(AlertState.Pending, Alert.State);
        string? episode = Alert.Episode.EpisodeId;
        Use(Rules(hold: "1m"));
        Feed(1, 1);
        Assert.Equal(AlertState.Firing, Alert.State);
        Assert.Equal(episode, Alert.Episode.EpisodeId);
        Assert.Equal(_rules.Rules[0].Version, Alert.RuleVersion);
    }

    [Fact]
    public void Use_LongerHold_NeverUnfires()
    {
        Feed(40, 0.5);
        Feed(60, 1);
        Assert.Equal(AlertState.Firing, Alert.State);
        AlertInstance before = Alert;
        Use(Rules(hold: "1h"));
        Feed(3, 1);
        Assert.Equal(AlertState.Firing, Alert.State);
        Assert.Equal(before.Episode.EpisodeId, Alert.Episode.EpisodeId);
    }

    [Fact]
    public void Use_OtherCondition_IsDecidedOverTheWindowsThatAreHeld()
    {
        Feed(60, 0.7);
        Assert.Equal(AlertState.Normal, Alert.State);
        Use(Rules(threshold: "60%"));
        Assert.Equal(AlertState.Firing, Alert.State);
        Assert.True(Alert.Clocks.Onset < _monitor.AsOf!.Value - TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Use_ConditionThatIsDenied_EndsTheEpisodeByName()
    {
        Feed(40, 0.5);
        Feed(60, 0.95);
        Assert.Equal(AlertState.Firing, Alert.State);
        IReadOnlyList<StoryEvent> story = Use(Rules(threshold: "99%"));
        TransitionEvent ended = Assert.Single(story.OfType<TransitionEvent>());
        Assert.Equal(("Firing", "Normal", "RuleConditionChanged"), (ended.From, ended.To, ended.Reason));
        Assert.Equal(_rules.Rules[0].Version, ended.RuleVersion);
    }

    [Fact]
    public void Use_WithoutTheRule_ResolvesWithThatReason()
    {
        Feed(40, 0.5);
        Feed(60, 1);
        IReadOnlyList<StoryEvent> story = Use(RuleSet.Empty);
        Assert.Equal("RuleRemoved", Assert.Single(story.OfType<TransitionEvent>()).Reason);
        Assert.Equal("resolved", story.OfType<IncidentEvent>().Last().State);
        Assert.Empty(_monitor.Verdicts);
        Assert.Empty(Sweep());
    }

    [Fact]
    public void Use_SelectionThatLeavesTheEntityOut_ResolvesWithThatReason()
    {
        Feed(40, 0.5);
        Feed(60, 1);
        IReadOnlyList<StoryEvent> story = Use(Rules(select: "select: { component: other }"));
        Assert.Equal("Unselected", Assert.Single(story.OfType<TransitionEvent>()).Reason);
    }

    [Fact]
    public void Use_SameRules_ChangesNothing()
    {
        Feed(40, 0.5);
        Feed(12, 1);
        AlertInstance before = Alert;
        Assert.Empty(Use(Rules()));
        Assert.Equal(before, Alert);
    }

    [Fact]
    public void Use_QuestionOfQualityThatStays_KeepsItsEvidence()
    {
        QualityQuestion kept = new(QualityQuestionKind.Below, "integrity", 0.9);
        EndpointMonitor monitor = new(MonitorRules.Endpoint, QualityRules("quality(integrity) < 0.9"), MonitorOptions.Default, VerdictEpoch.Single);
        for (int i = 0; i < 100; i++)
        {
            monitor.Score(new QualityScore(Start + TimeSpan.FromSeconds(i), MonitorRules.Component, "integrity", i % 2, 1));
        }

        double evidence = monitor.Quality.Status(MonitorRules.Component).Single(s => s.Question == kept).Evidence;
        Assert.True(evidence > 1);
        monitor.Use(QualityRules("quality(integrity) < 0.9 or quality(integrity) < 0.5 or drift(integrity)"));
        Assert.Equal(evidence, monitor.Quality.Status(MonitorRules.Component).Single(s => s.Question == kept).Evidence);
        Assert.Equal(3, monitor.Quality.Status(MonitorRules.Component).Count);
        monitor.Score(new QualityScore(Start + TimeSpan.FromSeconds(100), MonitorRules.Component, "integrity", 1, 1));
        monitor.Use(RuleSet.Empty);
        Assert.Empty(monitor.Quality.Status(MonitorRules.Component));
    }

    private AlertInstance Alert => Assert.Single(_desk.State.Instances.Values, a => a.RuleId == "pressure");

    private void Feed(int buckets, double usage)
    {
        for (int i = 0; i < buckets; i++, _bucket++)
        {
            Timestamp time = Start + (Bucket * _bucket);
            _monitor.Write(_monitor.Column(MonitorRules.Usage), time, usage, time);
            Tell(_monitor.Judge(time + Bucket));
        }
    }

    private IReadOnlyList<StoryEvent> Use(RuleSet rules)
    {
        _rules = rules;
        IReadOnlyList<Verdict> verdicts = _monitor.Use(rules);
        _desk.Context = AlertContextFactory.With(_desk.Context, rules, Bucket) with { Topology = _monitor.Topology };
        return [.. Sweep(), .. Tell(verdicts)];
    }

    private IReadOnlyList<StoryEvent> Sweep() => _desk.Sweep(_rules, _monitor.AsOf!.Value).Story;

    private List<StoryEvent> Tell(IReadOnlyList<Verdict> verdicts)
    {
        List<StoryEvent> story = [.. _desk.Fold(verdicts, _monitor.AsOf!.Value).Story];
        story.AddRange(_desk.Tick(_monitor.AsOf!.Value).Story);
        return story;
    }

    private static RuleSet Rules(string threshold = "90%", string hold = "5m", string select = "") => MonitorRules.Read($"""
        version: 1
        groups:
          - name: test
            rules:
              - id: pressure
                scope: component
                raise: avg(kv_cache_usage[1m]) > {threshold}
                for: {hold}
                keep: 30s
                severity: page
                {select}
        """);

    private static RuleSet QualityRules(string raise) => MonitorRules.Read(
        $"version: 1\ngroups:\n  - name: test\n    rules:\n      - {{ id: q, scope: component, raise: \"{raise}\" }}\n");
}
