using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests;

/// <summary>What happens because time passes.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task Tick_RowThatNeverBecomesWhole_IsJudgedTwoIntervalsLater()
    {
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync();
        EntityId component = EntityId.ForComponent("straggler", "model");
        IEndpointGrain grain = cluster.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint("straggler").Key);
        Timestamp start = cluster.Now;
        await grain.Write([Series(component, "queue_depth", start), Series(component, "requests_running", start)], CancellationToken.None);
        Timestamp next = start + TimeSpan.FromSeconds(10);
        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        await grain.Write([Series(component, "queue_depth", next)], CancellationToken.None);

        // The row of 10 s lacks one of its two series for ever.
        Timestamp end = next + TimeSpan.FromSeconds(10);
        await cluster.AdvanceUntilAsync(async () =>
        {
            // Takes its turn behind a tick, so that the clock never runs ahead of the grain; a read would not.
            await grain.Score([], CancellationToken.None);
            return (await grain.GetState(CancellationToken.None)).AsOf >= end;
        });
        Assert.True(cluster.Now >= end + TimeSpan.FromSeconds(10), $"judged at {cluster.Now}, before a straggler could come");
        Assert.True(cluster.Now <= end + TimeSpan.FromSeconds(15), $"judged as late as {cluster.Now}");
    }

    [Fact]
    public async Task Tick_EndpointThatWentSilent_ItsClockGoesOn()
    {
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync();
        IEndpointGrain grain = cluster.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint("silent").Key);
        Timestamp start = cluster.Now;
        await grain.Write([Series(EntityId.ForComponent("silent", "model"), "queue_depth", start)], CancellationToken.None);
        await cluster.AdvanceUntilAsync(async () => (await grain.GetState(CancellationToken.None)).AsOf >= start + TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Tick_DataThatEndsWithinACadence_TheFleetHearsTheLastWord()
    {
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync();
        SickEndpoint endpoint = new("last-word", cluster.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        IFleetShardGrain shard = cluster.Grains.GetGrain<IFleetShardGrain>(FleetShards.Of(endpoint.Id.Key));
        await cluster.AdvanceUntilAsync(
            async () =>
            {
                // Takes its turn behind a tick, so that the clock never runs ahead of the grain.
                await endpoint.Grain.Score([], CancellationToken.None);
                return (await shard.List(CancellationToken.None)).Single(l => l.Endpoint == "last-word") is { OpenIncidents: 1, Severity: "page" };
            },
            secondsMax: 5);
    }

    [Fact]
    public async Task Tick_EndpointThatNobodyFedForADay_IsLetGo()
    {
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync();
        SickEndpoint endpoint = new("let-go", cluster.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(1, failing: 0);
        cluster.Time.Advance(TimeSpan.FromHours(25));
        await cluster.AdvanceUntilAsync(async () => (await endpoint.Grain.GetState(CancellationToken.None)).PointsAccepted == 0, secondsMax: 60);
    }

    [Fact]
    public async Task Publish_ReceiverThatHangs_PointsAndReadsGoOnAndThePageComesOnceMoreUnderItsId()
    {
        HeldPublisher publisher = new();
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(publisher);
        SickEndpoint endpoint = new("hangs", cluster.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        await publisher.Entered;

        // The receiver has the page and does not answer: nobody waits for it, and no second attempt begins beside the first,
        // though the claim has run out on the clock of the recording.
        Assert.NotEmpty((await endpoint.Grain.GetState(CancellationToken.None)).Components);
        ICorrelationGrain correlation = cluster.Grains.GetGrain<ICorrelationGrain>(endpoint.Id.Key);
        Assert.NotEmpty(await correlation.GetAlerts(CancellationToken.None));
        Assert.Equal("Pending", await StateOfPageAsync(correlation));
        Assert.Single(publisher.NotificationIds);

        // The worker's own patience ends, and the row is taken up again.
        await cluster.AdvanceUntilAsync(async () =>
        {
            await endpoint.FeedAsync(1, failing: 0.5);
            return await StateOfPageAsync(correlation) == "Accepted";
        });
        Assert.Equal(2, publisher.NotificationIds.Count);
        Assert.Single(publisher.NotificationIds.Distinct());
    }

    private static async Task<string> StateOfPageAsync(ICorrelationGrain correlation) =>
        Assert.Single(Assert.Single(await correlation.GetIncidents(CancellationToken.None)).Notifications).State;

    private static SeriesWrite Series(EntityId entity, string metric, Timestamp time) =>
        new(new SeriesKey(entity, MetricName.Of(metric)), false, [time.UnixMs], [1]);
}
