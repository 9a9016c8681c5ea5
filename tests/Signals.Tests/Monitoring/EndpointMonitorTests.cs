using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Monitoring;

public sealed class EndpointMonitorTests
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");

    private readonly EndpointMonitor _monitor = new(MonitorRules.Endpoint, MonitorRules.Read(), MonitorOptions.Default, VerdictEpoch.Single);
    private int _bucket;

    [Fact]
    public void Column_SeriesOfAnEntityThatNobodyDeclared_GrowsTheTopologyOnce()
    {
        int version = _monitor.TopologyVersion;
        int column = _monitor.Column(MonitorRules.Usage);
        Assert.True(_monitor.Topology.Contains(MonitorRules.Component));
        Assert.Equal(version + 1, _monitor.TopologyVersion);
        Assert.Equal(column, _monitor.Column(MonitorRules.Usage));
        Assert.Equal(version + 1, _monitor.TopologyVersion);
    }

    [Fact]
    public void Column_SeriesThatComeWithNamesOfTheirOwn_KeepsOneObjectOfEach()
    {
        foreach (string metric in (string[])["queue_depth", "requests"])
        {
            EntityId component = EntityId.ParseKey(MonitorRules.Component.Key);
            _monitor.Column(new SeriesKey(component, MetricName.Of(metric)));
        }

        SeriesKey[] kept = [.. _monitor.Block.Series];
        Assert.Same(kept[0].Entity, kept[1].Entity);
        Assert.Contains(_monitor.Topology.Entities, e => ReferenceEquals(e, kept[0].Entity));
        Assert.Same(kept[0].Metric, MetricCatalogue.Default.Own(MetricName.Of("queue_depth")));
    }

    [Fact]
    public void Column_BlockIsFull_RefusesAndCounts()
    {
        MonitorOptions small = MonitorOptions.Default with { Windows = new WindowBlockOptions { MaxColumns = 1 } };
        EndpointMonitor monitor = new(MonitorRules.Endpoint, RuleSet.Empty, small, VerdictEpoch.Single);
        Assert.Equal(0, monitor.Column(MonitorRules.Usage));
        Assert.Equal(-1, monitor.Column(MonitorRules.Usage with { Metric = MetricName.Of("queue_depth") }));
        Assert.Equal(1, monitor.SeriesRefused);
        Assert.Equal(0, monitor.Column(MonitorRules.Usage));
    }

    [Fact]
    public void Judge_TellsChangesAtOnceAndHeartbeatsEvery30Seconds()
    {
        Assert.NotEmpty(Feed(0.5));
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(_ => Feed(0.5).Count));
        IReadOnlyList<Verdict> risen = Enumerable.Range(0, 7).Select(_ => Feed(1)).First(v => v.Any(x => x.Truth == Truth.True));
        Assert.Equal("pressure", Assert.Single(risen).RuleId);
        Assert.Equal(_monitor.AsOf, risen[0].AsOf);
        Assert.Equal(Truth.True, Assert.Single(_monitor.Verdicts).Truth);
    }

    [Fact]
    public void Judge_BeforeTheWindowsAreWarm_SaysSo()
    {
        Assert.True(Assert.Single(Feed(0.5)).IsWarming);
        while (_monitor.AsOf < Start + MonitorOptions.Default.WarmUp)
        {
            Feed(0.5);
        }

        Assert.False(_monitor.IsWarming(_monitor.AsOf!.Value));
    }

    [Fact]
    public void Write_RefusedPoint_DoesNotCountAsWarmth()
    {
        int column = _monitor.Column(MonitorRules.Usage);
        _monitor.Write(column, Start, 0.5, Start);
        Assert.False(_monitor.Write(column, Timestamp.MinValue, 0.5, Start).IsAccepted());
        Assert.True(_monitor.IsWarming(Start));
    }

    [Fact]
    public void Declare_MapOfTheFleet_TakesOwnPartAndKeepsWhatWasDiscovered()
    {
        Feed(0.5);
        TopologyMap fleet = TopologyGrowth.With(TopologyGrowth.With(TopologyMap.Empty, EntityId.ForComponent("chat", "draft")), EntityId.ForComponent("search", "rank"));
        _monitor.Declare(fleet);
        Assert.True(_monitor.Topology.Contains(MonitorRules.Component));
        Assert.True(_monitor.Topology.Contains(EntityId.ForComponent("chat", "draft")));
        Assert.False(_monitor.Topology.Contains(EntityId.ForComponent("search", "rank")));

        // The tracker of the rule kept its history: nothing is new, so nothing of the old component is told.
        Assert.DoesNotContain(Feed(0.5), v => v.Entity == MonitorRules.Component);
    }

    private IReadOnlyList<Verdict> Feed(double usage)
    {
        Timestamp time = Start + (Bucket * _bucket++);
        Assert.True(_monitor.Write(_monitor.Column(MonitorRules.Usage), time, usage, time).IsAccepted());
        return _monitor.Judge(time + Bucket);
    }
}
