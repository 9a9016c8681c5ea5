using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Tests.Monitoring;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Rules.Explanation;

public sealed class RuleExplainerTests
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");
    private static readonly SeriesKey Queue = MonitorRules.Usage with { Metric = MetricName.Of("queue_depth") };

    private const string Raise = "avg(kv_cache_usage[1m]) > 90% and (max(queue_depth[30s]) >= 5 or not changed(deployment, 10m))";

    [Fact]
    public void Explain_AnyRowThatIsHeld_SaysWhatTheRuleSaidThen()
    {
        RuleSet rules = Rules(Raise, "avg(kv_cache_usage[1m]) < 80%");
        EndpointMonitor monitor = new(MonitorRules.Endpoint, rules, MonitorOptions.Default, VerdictEpoch.Single);
        List<(Timestamp Row, Truth Truth)> said = [];
        for (int i = 0; i < 200; i++)
        {
            Timestamp time = Start + (Bucket * i);
            Write(monitor, Queue, time, i % 7);
            if (i is < 60 or > 90)
            {
                Write(monitor, MonitorRules.Usage, time, i % 40 < 20 ? 0.97 : i % 80 < 40 ? 0.85 : 0.5);
            }

            monitor.Judge(time + Bucket);
            said.Add((time + Bucket, monitor.Verdicts.Single().Truth));
        }

        foreach ((Timestamp row, Truth truth) in said)
        {
            RuleExplanation explanation = Explain(monitor, rules, row);
            Assert.Equal((row, truth), (row, explanation.Verdict.Truth));
            Assert.Equal(truth == Truth.True, explanation.Raise.Truth == Truth.True);
            Assert.True(explanation.IsQualityKnown);
        }

        Assert.Equal([Truth.True, Truth.False, Truth.Hold, Truth.Missing], said.Select(s => s.Truth).Distinct().Order());
    }

    [Fact]
    public void Explain_Parts_CarryNumbersWindowsAndWhatWasNotNeeded()
    {
        RuleSet rules = Rules(Raise);
        EndpointMonitor monitor = Fed(rules, 0.5);
        ExplainedNode raise = Explain(monitor, rules, monitor.AsOf!.Value).Raise;
        Assert.Equal(("and", Truth.False), (raise.Kind, raise.Truth));
        ExplainedNode compare = raise.Parts[0];
        Assert.Equal(("compare", Truth.False), (compare.Kind, compare.Truth));
        Assert.Equal(0.5, compare.Value!.Value, 1e-6);
        Assert.Equal(0.9, compare.Threshold!.Value, 1e-9);
        ExplainedNode metric = compare.Parts[0];
        Assert.Equal((6, TimeSpan.FromMinutes(1), "chat/assist kv_cache_usage"), (metric.N!.Value, metric.Window!.Value, metric.Series));
        Assert.Equal(monitor.AsOf!.Value - Bucket, metric.Newest);
        Assert.Equal("number", compare.Parts[1].Kind);

        // The first part decided alone; the second is told all the same.
        Assert.Equal(("or", Truth.True), (raise.Parts[1].Kind, raise.Parts[1].Truth));
        Assert.Equal("changed", raise.Parts[1].Parts[1].Parts[0].Kind);
    }

    [Fact]
    public void Explain_SeriesThatIsNotThere_SaysMissingWithNoPoints()
    {
        RuleSet rules = Rules("avg(ttft[1m]) > 1s");
        EndpointMonitor monitor = Fed(rules, 0.5);
        RuleExplanation explanation = Explain(monitor, rules, monitor.AsOf!.Value);
        Assert.Equal(Truth.Missing, explanation.Verdict.Truth);
        ExplainedNode metric = explanation.Raise.Parts[0];
        Assert.Equal((Truth.Missing, 0, null, null), (metric.Truth, metric.N, metric.Series, metric.Value));
    }

    [Fact]
    public void Explain_Quality_HasBoundsNowAndSaysThatItsPastIsNotKept()
    {
        RuleSet rules = Rules("quality(integrity) < 0.9");
        EndpointMonitor monitor = Fed(rules, 0.5, answers: 200);
        RuleExplanation now = Explain(monitor, rules, monitor.AsOf!.Value);
        Assert.Equal("quality", now.Raise.Kind);
        Assert.Equal(200, now.Raise.N);
        Assert.True(now.Raise.Lower < now.Raise.Value && now.Raise.Value < now.Raise.Upper);
        Assert.Equal(0.9, now.Raise.Threshold);
        RuleExplanation before = Explain(monitor, rules, monitor.AsOf!.Value - Bucket);
        Assert.False(before.IsQualityKnown);
        Assert.Equal(Truth.Missing, before.Verdict.Truth);
    }

    [Fact]
    public void Explain_Relatives_AreToldByNameAndBounded()
    {
        RuleSet rules = Rules("any gpu (avg(gpu_utilization[1m]) > 90%)", scope: "endpoint");
        EndpointMonitor monitor = new(MonitorRules.Endpoint, rules, MonitorOptions.Default, VerdictEpoch.Single);
        for (int i = 0; i < 600; i++)
        {
            Write(monitor, new SeriesKey(EntityId.ForGpu("chat", "i-1", $"{i}"), MetricName.Of("gpu_utilization")), Start, i == 0 ? 1 : 0.5);
        }

        monitor.Judge(Start + Bucket);
        RuleExplanation explanation = Explain(monitor, rules, Start + Bucket, MonitorRules.Endpoint);
        Assert.Equal(("any", Truth.True), (explanation.Raise.Kind, explanation.Raise.Truth));
        Assert.Contains(explanation.Raise.Parts, p => p is { Entity: "chat/i-1/0", Truth: Truth.True });
        Assert.True(explanation.IsTruncated);
        Assert.True(explanation.Raise.Parts.Sum(p => 1 + p.Parts.Length) <= RuleExplainer.PartsMax + 2);
    }

    private static RuleExplanation Explain(EndpointMonitor monitor, RuleSet rules, Timestamp row, EntityId? entity = null) =>
        new RuleExplainer(monitor.Block, monitor.Topology, monitor.Quality, VerdictEpoch.Single)
            .Explain(rules.Rules[0], new RuleTarget(entity ?? MonitorRules.Component), row, row == monitor.AsOf, monitor.IsWarming);

    private static EndpointMonitor Fed(RuleSet rules, double usage, int answers = 0)
    {
        EndpointMonitor monitor = new(MonitorRules.Endpoint, rules, MonitorOptions.Default, VerdictEpoch.Single);
        for (int i = 0; i < 60; i++)
        {
            Write(monitor, MonitorRules.Usage, Start + (Bucket * i), usage);
            Write(monitor, Queue, Start + (Bucket * i), 1);
            monitor.Judge(Start + (Bucket * (i + 1)));
        }

        for (int i = 0; i < answers; i++)
        {
            monitor.Score(new QualityScore(monitor.AsOf!.Value, MonitorRules.Component, "integrity", i % 4 == 0 ? 0 : 1, 1));
        }

        return monitor;
    }

    private static void Write(EndpointMonitor monitor, SeriesKey series, Timestamp time, double value) =>
        Assert.True(monitor.Write(monitor.Column(series), time, value, time).IsAccepted());

    private static RuleSet Rules(string raise, string? clear = null, string scope = "component") => MonitorRules.Read($"""
        version: 1
        groups:
          - name: test
            rules:
              - id: asked
                scope: {scope}
                raise: {raise}
                {(clear is null ? "" : $"clear: {clear}")}
                for: 1m
        """);
}
