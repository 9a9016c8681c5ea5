using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Placement;
using Grainwatch.Signals;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests.Placement;

/// <summary>Silos come and go in the midst of incidents; what is told and what is kept is what one silo tells and keeps.</summary>
public sealed class TreeMoverTests
{
    private const int Rows = 220;

    [Fact]
    public async Task Silos_ThatJoinAndLeaveDuringIncidents_ChangeNoVerdictAndLoseNoPoint()
    {
        (string[] story, string[] pages, string[] points) one = await WatchAsync(1, (_, _) => Task.CompletedTask);
        (string[] story, string[] pages, string[] points) several = await WatchAsync(2, async (group, row) =>
        {
            if (row == 75)
            {
                await group.Cluster.StartAdditionalSiloAsync();
                await GoHomeAsync(group);
            }
            else if (row == 95)
            {
                await group.Cluster.StopSiloAsync(group.Cluster.Silos[0]);
                await GoHomeAsync(group);
            }
        });
        Assert.Equal(12, one.pages.Length);
        Same(one.pages, several.pages);
        Same(News(one.story), News(several.story));
        Same(one.points, several.points);
    }

    /// <summary>
    /// Without what says of an alert that nobody knew that all is well: a move is an attempt, and where the platform ends the activation
    /// instead, what is at rest is not in the store and is said to be at rest once more.
    /// </summary>
    private static string[] News(string[] story) =>
        [.. story.Where(line => !line.Contains("\"episode\":null,\"from\":\"Unknown\",\"to\":\"Normal\"", StringComparison.Ordinal))];

    /// <summary>As equality, and what is only on one side is told in full.</summary>
    private static void Same(string[] expected, string[] actual) => Assert.True(
        expected.SequenceEqual(actual),
        $"only expected:\n{string.Join('\n', expected.Except(actual))}\nonly there:\n{string.Join('\n', actual.Except(expected))}");

    private static async Task GoHomeAsync(SiloGroup group)
    {
        SiloAddress[] silos = [.. group.Cluster.Silos.Select(s => s.SiloAddress)];
        await Eventually.TrueAsync(async () =>
        {
            foreach (int i in Enumerable.Range(0, silos.Length))
            {
                await group.Service<TreeMover>(i).MoveAsync();
            }

            return Enumerable.Range(0, 6).Select(i => EntityId.ForEndpoint(SickFleet.Name(i)).Key).All(key =>
                group.HoldersOf(key) is [int holder] && silos[holder].Equals(Homes.Of(key, silos)));
        });
    }

    private static async Task<(string[] Story, string[] Pages, string[] Points)> WatchAsync(int silos, Func<SiloGroup, int, Task> before)
    {
        await using SiloGroup group = await SiloGroup.StartAsync(silos);
        SickFleet fleet = new(6);
        Timestamp from = group.Now;
        for (int row = 0; row < Rows; row++)
        {
            await before(group, row);
            await group.LiveAsync(fleet, row);
        }

        List<string> points = [];
        foreach (EntityId id in fleet.Ids)
        {
            SeriesData[] all = await group.Grains.GetGrain<IEndpointGrain>(id.Key).Export(from, group.Now, CancellationToken.None);
            points.AddRange(all.Select(s => $"{s.Key} {string.Join(' ', s.TimesUnixMs)} {string.Join(' ', s.Values)}"));
        }

        (string[] story, string[] pages) = group.Told();
        return (story, pages, [.. points.Order(StringComparer.Ordinal)]);
    }
}
