using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Components;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Evaluation;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Gpus;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests;

public sealed class WindowTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Write_Points_AreReadFromEveryGrainOfTheTree()
    {
        SickEndpoint endpoint = new("tree", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(6, failing: 0);

        EndpointView whole = await endpoint.Grain.GetState(CancellationToken.None);
        Assert.Equal(24, whole.PointsAccepted);
        Assert.Equal(0, whole.PointsRefused);
        EntityView component = (await fixture.Grains.GetGrain<IComponentGrain>(endpoint.Component.Key).GetState(CancellationToken.None))!;
        Assert.Equal(["errors_5xx", "latency", "requests"], component.Windows.Select(w => w.Metric));
        EntityView gpu = (await fixture.Grains.GetGrain<IGpuGrain>(endpoint.Gpu.Key).GetState(CancellationToken.None))!;
        WindowView utilization = Assert.Single(gpu.Windows);
        Assert.Equal(0.7, utilization.Last!.Value, 6);
        Assert.Equal(6, utilization.Buckets1h);
    }

    [Fact]
    public async Task Write_TheSamePointsAgain_ChangesNothing()
    {
        IEndpointGrain grain = fixture.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint("again").Key);
        await grain.Declare("""{"endpoints":[{"name":"again","components":[{"name":"model"}]}]}""", ClockDomain.Recorded, CancellationToken.None);
        SeriesWrite[] batch =
        [
            new(new SeriesKey(EntityId.ForComponent("again", "model"), MetricName.Of("queue_depth")), false, [1_000_000, 1_010_000], [3, 5]),
        ];
        WriteReceipt first = await grain.Write(batch, CancellationToken.None);
        WriteReceipt second = await grain.Write(batch, CancellationToken.None);
        Assert.Equal((2, 0), (first.Accepted, first.Rejected));
        Assert.Equal((2, 0), (second.Accepted, second.Rejected));
        WindowView window = Assert.Single((await grain.GetState(CancellationToken.None)).Components[0].Windows);
        Assert.Equal(2, window.Buckets1h);
        Assert.Equal(4, window.Avg5m!.Value, 6);
    }

    [Fact]
    public async Task Write_PointFarAheadOfTheWallClock_IsRefusedByName()
    {
        IEndpointGrain grain = fixture.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint("ahead").Key);
        WriteReceipt receipt = await grain.Write(
            [new(new SeriesKey(EntityId.ForComponent("ahead", "model"), MetricName.Of("queue_depth")), false, [Timestamp.Parse("2999-01-01T00:00:00Z").UnixMs], [1])],
            CancellationToken.None);
        Assert.Equal(1, receipt.Rejected);
        Assert.Equal("TooFarAhead: 1", Assert.Single(receipt.Reasons));
    }

    [Fact]
    public async Task Evaluate_TheSameAnswerTwice_IsScoredOnce()
    {
        EntityId component = EntityId.ForComponent("answers", "model");
        ResponseSample sample = new("r-1", Timestamp.Parse("2026-03-02T09:00:03Z"), component, "Where is it?", "It is in the second drawer on the left.");
        IEvaluatorGrain evaluator = fixture.Grains.GetGrain<IEvaluatorGrain>(EvaluatorKey.For(component, sample.Id));
        Assert.Equal(1, await evaluator.Evaluate([sample, sample], CancellationToken.None));
        Assert.Equal(0, await evaluator.Evaluate([sample], CancellationToken.None));
        EndpointView view = await fixture.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint("answers").Key).GetState(CancellationToken.None);
        QualityView integrity = Assert.Single(view.Components[0].Quality, q => q.Dimension == "integrity");
        Assert.Equal(1, integrity.N);
    }

    [Fact]
    public async Task Declare_AnEndpoint_IsListedInItsShardAlone()
    {
        SickEndpoint endpoint = new("listed", fixture.Grains);
        await endpoint.DeclareAsync();
        FleetLine[][] shards = await Task.WhenAll(Enumerable.Range(0, FleetShards.Count)
            .Select(s => fixture.Grains.GetGrain<IFleetShardGrain>(s).List(CancellationToken.None)));
        int[] holding = [.. Enumerable.Range(0, FleetShards.Count).Where(s => shards[s].Any(l => l.Endpoint == "listed"))];
        Assert.Equal([FleetShards.Of(endpoint.Id.Key)], holding);
    }

    [Fact]
    public async Task GetState_OfAGpuThatNobodyKnows_IsNull() =>
        Assert.Null(await fixture.Grains.GetGrain<IGpuGrain>(EntityId.ForGpu("nobody", "i-1", "0").Key).GetState(CancellationToken.None));
}
