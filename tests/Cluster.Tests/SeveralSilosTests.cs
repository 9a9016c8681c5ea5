using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Ingest;
using Grainwatch.Signals;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests;

/// <summary>Several silos are one Grainwatch.</summary>
public sealed class SeveralSilosTests
{
    private const int Rows = 240;

    /// <summary>
    /// Six endpoints, of which up to five are sick at a time, fed through the door: every transition, incident and notification is
    /// the same to the byte, whether one silo watches them or three.
    /// </summary>
    [Fact]
    public async Task Write_AFleetWithOverlappingIncidents_ThreeSilosTellWhatOneTells()
    {
        (string[] story, string[] pages) one = await WatchAsync(silos: 1);
        (string[] story, string[] pages) three = await WatchAsync(silos: 3);
        Assert.Equal(6, one.story.Count(l => l.Contains("\"type\":\"incident\"", StringComparison.Ordinal) && l.Contains("\"state\":\"open\"", StringComparison.Ordinal)));
        Assert.Equal(12, one.pages.Length);
        Assert.Equal(one.story, three.story);
        Assert.Equal(one.pages, three.pages);
    }

    /// <summary>The long way, with labels, is taken once a series, wherever its endpoint lives.</summary>
    [Fact]
    public async Task Write_SeriesOfOtherSilos_AreHandedOnByHashFromTheSecondTimeOn()
    {
        await using SiloGroup group = await SiloGroup.StartAsync(3);
        SickFleet fleet = new(6);
        await SpreadAsync(group, fleet);
        await FeedAsync(group, fleet, 0, 2);
        FrameReceipt receipt = await FrameAsync(group, fleet, 2);
        Assert.Empty(receipt.Unknown);
        Assert.Empty(receipt.Refused);
        Assert.Equal(60, receipt.Accepted);

        // An endpoint that has moved is unknown where it was: its series go the long way once, and are known where it is.
        EntityId moved = fleet.Ids[0];
        int target = (group.HoldersOf(moved.Key)[0] + 1) % 3;
        await group.Cluster.MigrateAsync(group.Grains.GetGrain<IEndpointGrain>(moved.Key), group.Cluster.Silos[target].SiloAddress);
        Assert.Equal(10, (await FrameAsync(group, fleet, 3)).Unknown.Length);
        await FeedAsync(group, fleet, 4, 6);
        Assert.Equal([target], group.HoldersOf(moved.Key));
        receipt = await FrameAsync(group, fleet, 6);
        Assert.Empty(receipt.Unknown);
        Assert.Equal(60, receipt.Accepted);
    }

    /// <summary>What is handed on says what it refused there, by endpoint.</summary>
    [Fact]
    public async Task Write_SamplesOfOtherSilosThatAreRefused_AreNamed()
    {
        await using SiloGroup group = await SiloGroup.StartAsync(3);
        SickFleet fleet = new(3);
        await SpreadAsync(group, fleet);
        await FeedAsync(group, fleet, 0, 2);
        FrameReceipt receipt = await group.Grains.GetGrain<IIngestGrain>(0).Write(
            group.Reader.Read(fleet.Row(2, group.Now + TimeSpan.FromDays(1)).Compressed()).Samples, CancellationToken.None);
        Assert.Equal(0, receipt.Accepted);
        Assert.Empty(receipt.Unknown);
        Assert.Equal(
            ["endpoint-0 TooFarAhead 10", "endpoint-1 TooFarAhead 10", "endpoint-2 TooFarAhead 10"],
            receipt.Refused.Select(r => $"{r.Endpoint} {r.Reason} {r.Count}").Order(StringComparer.Ordinal));
    }

    private static async Task<(string[] Story, string[] Pages)> WatchAsync(int silos)
    {
        await using SiloGroup group = await SiloGroup.StartAsync(silos);
        SickFleet fleet = new(6);
        await SpreadAsync(group, fleet);
        for (int row = 0; row < Rows; row++)
        {
            await group.LiveAsync(fleet, row);
        }

        Assert.Equal(silos, fleet.Ids.Select(id => Assert.Single(group.HoldersOf(id.Key))).Distinct().Count());
        return group.Told();
    }

    private static async Task FeedAsync(SiloGroup group, SickFleet fleet, int from, int to)
    {
        for (int row = from; row < to; row++)
        {
            await group.WriteAsync(fleet.Row(row, group.Now + (row * SickFleet.Interval)));
        }
    }

    /// <summary>Writes a row as the door does, and stops where the labels would be needed.</summary>
    private static Task<FrameReceipt> FrameAsync(SiloGroup group, SickFleet fleet, int row) => group.Grains.GetGrain<IIngestGrain>(0).Write(
        group.Reader.Read(fleet.Row(row, group.Now + (row * SickFleet.Interval)).Compressed()).Samples, CancellationToken.None);

    /// <summary>Puts the endpoints on the silos in turn, so that no placement decides what is shown.</summary>
    private static async Task SpreadAsync(SiloGroup group, SickFleet fleet)
    {
        for (int i = 0; i < fleet.Ids.Count; i++)
        {
            await group.PutAsync(fleet.Ids[i], i % group.Cluster.Silos.Count);
        }
    }
}
