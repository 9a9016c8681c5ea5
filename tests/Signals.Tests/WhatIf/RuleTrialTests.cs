using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Tests.Monitoring;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.WhatIf;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.WhatIf;

public sealed class RuleTrialTests
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");

    /// <summary>Two humps, the second too short, then one that lasts to the end; and a gap.</summary>
    private static readonly double[] Usage =
        [.. Enumerable.Repeat(0.5, 60), .. Enumerable.Repeat(0.97, 40), .. Enumerable.Repeat(0.5, 60), .. Enumerable.Repeat(0.97, 8), .. Enumerable.Repeat(0.5, 30), .. Enumerable.Repeat(double.NaN, 20), .. Enumerable.Repeat(0.97, 30)];

    [Fact]
    public void Run_TheRuleOfThePresent_DoesWhatItDidInLife()
    {
        EndpointPipeline life = new(MonitorRules.Endpoint, TopologyMap.Empty, Rules());
        List<TransitionEvent> told = [];
        for (int i = 0; i < Usage.Length; i++)
        {
            Write(life.Monitor, i);
            told.AddRange(life.Settle(Start + (Bucket * (i + 1))).OfType<TransitionEvent>());
        }

        TrialRule tried = Try(life.Monitor, Rules());
        Assert.Null(tried.NotJudged);
        Assert.Equal(told.Where(t => t is { From: "Pending", To: "Firing" }).Select(t => t.Time), tried.Episodes.Select(e => e.FiredAt));
        Assert.Equal(told.Where(t => t is { From: "Recovering", To: "Normal" }).Select(t => (Timestamp?)t.Time), tried.Episodes.Where(e => e.EndedAt is not null).Select(e => e.EndedAt));
        Assert.Equal([false, true], tried.Episodes.Select(e => e.EndedAt is null));
        Assert.Equal(1, tried.NearMisses);
        Assert.Equal("Cleared", tried.Episodes[0].EndReason);
        Assert.All(tried.Episodes, e => Assert.Contains("KV cache", e.Evidence, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_LongerHold_DoesNotFireAndTellsTheLongestHold()
    {
        TrialRule tried = Try(Fed(), Rules(hold: "20m"));
        Assert.Equal((0, 1), (tried.Fired, tried.Targets));
        Assert.InRange(tried.LongestHold, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7));
    }

    [Fact]
    public void Run_RuleOfQuality_IsRefusedByName()
    {
        RuleSet rules = MonitorRules.Read("version: 1\ngroups: [{ name: g, rules: [{ id: q, raise: quality(integrity) < 0.9 }] }]");
        Assert.Equal(TrialRefusal.AsksForQuality, Try(Fed(), rules).NotJudged);
    }

    [Fact]
    public void Run_NoEvaluationsLeft_StopsByNameAndKeepsWhatItSaw()
    {
        EndpointMonitor monitor = Fed();
        TrialGround ground = Ground(monitor);
        TrialRule tried = RuleTrial.Run(Rules().Rules[0], ground, new TrialBudget(100, CancellationToken.None));
        Assert.Equal((TrialRefusal.TooMuchWork, 1), (tried.NotJudged, tried.Fired));
        TrialRule late = RuleTrial.Run(Rules().Rules[0], ground, new TrialBudget(TrialBudget.EvaluationsMax, new CancellationToken(canceled: true)));
        Assert.Equal((TrialRefusal.TooLate, 0), (late.NotJudged, late.Fired));
    }

    [Fact]
    public void Run_Trial_ChangesNothingOfTheEndpoint()
    {
        EndpointMonitor monitor = Fed();
        byte[] before = monitor.Block.Save();
        IReadOnlyList<Verdict> verdicts = monitor.Verdicts;
        Try(monitor, Rules("10%"));
        Assert.Equal(before, monitor.Block.Save());
        Assert.Same(verdicts, monitor.Verdicts);
    }

    [Fact]
    public void Run_Candidate_StandsBesideTheRulesItWouldReplace()
    {
        EndpointMonitor monitor = Fed();
        RuleSet candidate = Rules("99%");
        EndpointTrial added = EndpointTrial.Run(candidate, RuleSet.Default, false, Ground(monitor), Budget());
        Assert.Empty(added.Present);
        EndpointTrial edited = EndpointTrial.Run(candidate, Rules(), false, Ground(monitor), Budget());
        Assert.Equal((0, 2), (Assert.Single(edited.Candidate).Fired, Assert.Single(edited.Present).Fired));
        EndpointTrial replaced = EndpointTrial.Run(candidate, RuleSet.Default, true, Ground(monitor), Budget());
        Assert.Equal(RuleSet.Default.Rules.Count, replaced.Present.Length);
    }

    private static TrialBudget Budget() => new(TrialBudget.EvaluationsMax, CancellationToken.None);

    private static TrialRule Try(EndpointMonitor monitor, RuleSet rules) => RuleTrial.Run(rules.Rules[0], Ground(monitor), Budget());

    private static TrialGround Ground(EndpointMonitor monitor) => TrialGround.Of(monitor);

    private static EndpointMonitor Fed()
    {
        EndpointMonitor monitor = new(MonitorRules.Endpoint, Rules(), MonitorOptions.Default, VerdictEpoch.Single);
        for (int i = 0; i < Usage.Length; i++)
        {
            Write(monitor, i);
            monitor.Judge(Start + (Bucket * (i + 1)));
        }

        return monitor;
    }

    private static void Write(EndpointMonitor monitor, int bucket)
    {
        Timestamp time = Start + (Bucket * bucket);
        Write(monitor, MonitorRules.Usage, time, Usage[bucket]);
        Write(monitor, MonitorRules.Usage with { Metric = MetricName.Of("queue_depth") }, time, 1);
    }

    private static void Write(EndpointMonitor monitor, SeriesKey series, Timestamp time, double value)
    {
        int column = monitor.Column(series);
        if (!double.IsNaN(value))
        {
            Assert.True(monitor.Write(column, time, value, time).IsAccepted());
        }
    }

    private static RuleSet Rules(string threshold = "90%", string hold = "2m") => MonitorRules.Read($"""
        version: 1
        groups:
          - name: test
            rules:
              - id: pressure
                scope: component
                raise: avg(kv_cache_usage[1m]) > {threshold}
                clear: avg(kv_cache_usage[1m]) < 80%
                for: {hold}
                keep: 1m
        """);
}
