using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Correlation.Graph;

/// <summary>Small graphs in which the answer is plain.</summary>
public sealed class CallGraphTests
{
    private const int Points = 200;
    private const int Onset = 190;
    private static readonly Timestamp Start = new(1_700_000_000_000);

    private readonly List<SeriesData> _series = [];
    private readonly Random _random = new(4);

    [Fact]
    public void Diagnose_SlowCallee_IsFirstAndCallersFollow()
    {
        Latency("site", 0.1, 0.9);
        Latency("shop", 0.05, 0.85);
        Latency("stock", 0.02, 0.82);
        Latency("tax", 0.02, 0.02);

        Diagnosis d = Diagnose(("site", "shop"), ("shop", "stock"), ("shop", "tax"))!;

        Assert.Equal("stock", d.Causes[0].Entity.Name);
        Assert.True(d.Causes[0].Score > 0.5);
        Assert.DoesNotContain(d.Causes, c => c.Entity.Name == "tax");
        Assert.Contains(d.RuledOut, r => r.StartsWith("shop", StringComparison.Ordinal) && r.Contains("its callees explain it", StringComparison.Ordinal));
    }

    [Fact]
    public void Diagnose_RareSlowCallee_CannotExplainManySlowPages()
    {
        Latency("site", 0.1, 0.3);
        Latency("shop", 0.05, 0.25);
        Latency("cron", 0.5, 30, requests: 1);

        Diagnosis d = Diagnose(("site", "shop"), ("site", "cron"))!;

        Assert.Equal("shop", d.Causes[0].Entity.Name);
    }

    [Fact]
    public void Diagnose_SlowTargetWithNormalCallees_IsItsOwnCause()
    {
        Latency("site", 0.1, 0.4);
        Latency("shop", 0.05, 0.05);

        Assert.Equal("site", Diagnose(("site", "shop"))!.Causes[0].Entity.Name);
    }

    [Fact]
    public void Diagnose_AnomalyOffTheCallPath_WeighsATenth()
    {
        Latency("site", 0.1, 0.9);
        Latency("shop", 0.05, 0.05, spread: 0.001);
        Latency("batch", 0.1, 3);

        Diagnosis d = Diagnose(("site", "shop"), ("shop", "batch"))!;

        Assert.Equal("site", d.Causes[0].Entity.Name);
        Assert.Contains(d.Causes, c => c.Entity.Name == "batch" && c.Score < 0.2 && c.Against.Contains("No chain of anomalous callers leads to it."));
    }

    [Fact]
    public void Diagnose_CalleeWithoutMetrics_FollowsItsCallerByResidual()
    {
        Latency("site", 0.1, 0.9);
        Latency("shop", 0.05, 0.85);
        Latency("tax", 0.02, 0.02);

        Diagnosis d = Diagnose(("site", "shop"), ("shop", "tax"), ("shop", "ledger"))!;

        Assert.Equal(["shop", "ledger"], d.Causes.Take(2).Select(c => c.Entity.Name));
        Assert.Contains("stands in", d.Causes[1].Evidence[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_CycleOfCalls_Ends()
    {
        Latency("site", 0.1, 0.9);
        Latency("a", 0.05, 0.85);
        Latency("b", 0.05, 0.05);

        Assert.Equal("a", Diagnose(("site", "a"), ("a", "b"), ("b", "a"), ("b", "site"))!.Causes[0].Entity.Name);
    }

    [Fact]
    public void Diagnose_DeploymentOfTheCause_IsNamed()
    {
        Latency("site", 0.1, 0.9);
        Latency("shop", 0.05, 0.85);
        _series.Add(new SeriesData(new SeriesKey(EntityId.ForNode("shop"), MetricName.Of("deployment_event")), [Start.UnixMs + (Onset - 1) * 60_000L], [1]));

        Diagnosis d = Diagnose(("site", "shop"))!;

        Assert.Equal(IncidentPattern.BadRollout, d.Pattern);
        Assert.Equal("shop:deployment_event", $"{d.Causes[0].Entity}:{d.Causes[0].Metric}");
    }

    [Fact]
    public void Diagnose_LevelThatChangedYesterday_IsNoCause()
    {
        Latency("site", 0.1, 0.9);
        Latency("shop", 0.05, 0.85);
        Latency("old", 0.05, 0.6, onset: 100);

        Diagnosis d = Diagnose(("site", "shop"), ("site", "old"))!;

        Assert.Equal("shop", d.Causes[0].Entity.Name);
        Assert.DoesNotContain(d.Causes, c => c.Entity.Name == "old");
    }

    [Fact]
    public void Diagnose_NothingMoved_IsNull()
    {
        Latency("site", 0.1, 0.1);
        Latency("shop", 0.05, 0.05);

        Assert.Null(Diagnose(("site", "shop")));
    }

    private Diagnosis? Diagnose(params (string From, string To)[] edges)
    {
        EntityId[] nodes = [.. edges.SelectMany(e => new[] { e.From, e.To }).Distinct().Select(EntityId.ForNode)];
        TopologyMap map = new([], nodes, [.. edges.Select(e => new DependencyEdge(EntityId.ForNode(e.From), EntityId.ForNode(e.To)))]);
        return Correlator.Diagnose(new DiagnosisRequest(
            map, _series, EntityId.ForNode("site"), MetricName.Of("latency", "average"), Start + TimeSpan.FromMinutes(Onset + 2), [], 10, CorrelatorOptions.Default));
    }

    private void Latency(string node, double before, double after, double requests = 500, double spread = 0.05, int onset = Onset)
    {
        long[] times = [.. Enumerable.Range(0, Points).Select(i => Start.UnixMs + i * 60_000L)];
        _series.Add(new SeriesData(
            new SeriesKey(EntityId.ForNode(node), MetricName.Of("latency", "average")), times,
            [.. times.Select((_, i) => (i >= onset ? after : before) + before * spread * (_random.NextDouble() - 0.5))]));
        _series.Add(new SeriesData(new SeriesKey(EntityId.ForNode(node), MetricName.Of("requests")), times, [.. times.Select(_ => requests)]));
    }
}
