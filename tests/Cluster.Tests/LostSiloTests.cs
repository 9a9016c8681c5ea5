using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests;

/// <summary>A silo dies without a word. What it held in memory is gone; what was promised is not.</summary>
public sealed class LostSiloTests
{
    private const int Lost = 2;

    [Fact]
    public async Task Kill_SiloOfASickEndpoint_ItsEpisodeGoesOnAndEndsOnce()
    {
        await using SiloGroup group = await SiloGroup.StartAsync(3);
        SickFleet fleet = new(3);
        await group.PutAsync(fleet.Ids[0], Lost);
        await group.PutAsync(fleet.Ids[1], 0);
        await group.PutAsync(fleet.Ids[2], Lost);
        Timestamp start = group.Now;

        // Endpoint 0 is sick from row 60 to 119; endpoint 1 from 72 on; endpoint 2, on the lost silo too, not before row 84.
        await FeedAsync(group, fleet, 0, 80);
        IncidentView before = Assert.Single(await IncidentsAsync(group, fleet.Ids[0]));
        Assert.Equal("open", before.State);
        Assert.Equal(["ALARM"], Pages(group, 0));
        await KillAsync(group);

        await FeedAsync(group, fleet, 80, 82);
        EndpointView filling = await group.Grains.GetGrain<IEndpointGrain>(fleet.Ids[0].Key).GetState(CancellationToken.None);
        Assert.True(filling.Warming, "the windows are nearly empty, and it says so");

        // What a copy in another silo had kept is there, and is no reason to believe a window with a hole in it.
        Assert.Contains(await group.Grains.GetGrain<IEndpointGrain>(fleet.Ids[0].Key).Export(start, group.Now, CancellationToken.None), s => s.Count > 60);
        await FeedAsync(group, fleet, 82, 120);
        Assert.False((await group.Grains.GetGrain<IEndpointGrain>(fleet.Ids[0].Key).GetState(CancellationToken.None)).Warming);

        // Sick all the time: nobody was told that it was well, and nobody was paged again.
        Assert.Equal(["ALARM"], Pages(group, 0));
        IncidentView during = Assert.Single(await IncidentsAsync(group, fleet.Ids[0]));
        Assert.Equal((before.Id, "open"), (during.Id, during.State));

        await FeedAsync(group, fleet, 120, 220);
        Assert.Equal("resolved", Assert.Single(await IncidentsAsync(group, fleet.Ids[0])).State);
        Assert.All([0, 1, 2], i => Assert.Equal(["ALARM", "OK"], Pages(group, i)));
    }

    [Fact]
    public async Task Kill_SiloOfAHealthyFleet_NobodyIsTold()
    {
        await using SiloGroup group = await SiloGroup.StartAsync(3);
        SickFleet fleet = new(4, isHealthy: true);
        for (int i = 0; i < fleet.Ids.Count; i++)
        {
            await group.PutAsync(fleet.Ids[i], i % 2 == 0 ? Lost : 0);
        }

        await FeedAsync(group, fleet, 0, 40);
        await KillAsync(group);
        await FeedAsync(group, fleet, 40, 60);
        Assert.Empty(group.Publisher.Attempts);
        Assert.DoesNotContain(group.Story.Events, e => e is IncidentEvent or NotificationEvent || e is TransitionEvent { To: "Firing" or "NoData" or "Pending" });
    }

    /// <summary>Endpoint and incidents live in the lost silo, its shard too maybe, and no point ever comes again: nobody calls.</summary>
    [Fact]
    public async Task Kill_SiloOfAnEndpointThatFallsSilent_ItsDataAreMissed()
    {
        await using SiloGroup group = await SiloGroup.StartAsync(3);
        SickFleet fleet = new(2, isHealthy: true);
        await group.PutAsync(fleet.Ids[0], Lost);
        await group.PutAsync(fleet.Ids[1], 0);
        IFleetShardGrain shard = group.Grains.GetGrain<IFleetShardGrain>(FleetShards.Of(fleet.Ids[0].Key));
        await group.MoveAsync(shard, Lost);
        await FeedAsync(group, fleet, 0, 40);
        await KillAsync(group);

        Timestamp lastPoint = group.Now - SickFleet.Interval;
        for (int row = 40; row < 80; row++)
        {
            await group.WriteAsync(fleet.Row(row, group.Now, only: i => i == 1), repeatsMax: 20);
            await group.SettleAsync([fleet.Ids[1]]);
            await group.AdvanceByAHeartbeatAsync(shard);
        }

        TransitionEvent[] missed = [.. group.Story.Events.OfType<TransitionEvent>().Where(e => e.To == "NoData").OrderBy(e => e.Entity, StringComparer.Ordinal)];
        Assert.Equal(
            ["silent endpoint-0", "silent endpoint-0/large", "silent endpoint-0/small"], missed.Select(e => $"{e.Rule} {e.Entity}"));
        Assert.All(missed, e => Assert.InRange((e.Time - lastPoint).TotalSeconds, 90, 360));
        Assert.Contains(group.Story.Events, e => e is NotificationEvent { Kind: "NODATA" });

        // It comes back, and that is told as well.
        await FeedAsync(group, fleet, 80, 110);
        Assert.Contains(group.Story.Events, e => e is NotificationEvent { Kind: "NODATA_RESOLVED" });
        Assert.DoesNotContain(group.Story.Events, e => e is NotificationEvent { Kind: "FIRING" });
    }

    private static async Task FeedAsync(SiloGroup group, SickFleet fleet, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            await group.LiveAsync(fleet, row, repeatsMax: 20);
        }
    }

    private static async Task KillAsync(SiloGroup group)
    {
        InProcessSiloHandle lost = group.Cluster.Silos[Lost];
        await group.Cluster.KillSiloAsync(lost);
        await Eventually.TrueAsync(() => Task.FromResult(
            Enumerable.Range(0, Lost).All(i => group.Service<ISiloStatusOracle>(i).IsDeadSilo(lost.SiloAddress))));
    }

    private static Task<IncidentView[]> IncidentsAsync(SiloGroup group, EntityId endpoint) =>
        group.Grains.GetGrain<ICorrelationGrain>(endpoint.Key).GetIncidents(CancellationToken.None);

    private static string[] Pages(SiloGroup group, int endpoint) =>
        [.. group.Publisher.About(SickFleet.Name(endpoint)).Select(m => m.Subject.Split(':')[0])];
}
