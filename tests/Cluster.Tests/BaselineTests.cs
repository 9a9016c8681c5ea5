using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Storage.Sqlite;

namespace Grainwatch.Cluster.Tests;

/// <summary>
/// What quality detectors learnt goes on after a restart. Nothing is stored when a process ends, only on the cadence while it
/// runs: so an end by command and a kill leave the same behind.
/// </summary>
public sealed class BaselineTests
{
    private const string Endpoint = "learns";

    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-baselines").FullName;

    [Fact]
    public async Task Restart_AfterTheCadence_TheVerdictGoesOnFromWhatWasLearnt()
    {
        (string Truth, QualityView Quality) before = await RunAsync(async (cluster, endpoint) =>
        {
            await ScoreAsync(endpoint, cluster.Now, 120, 0.2);
            await KeptAsync(cluster);
            return await StateAsync(endpoint, cluster.Now);
        });
        Assert.Equal("True", before.Truth);
        Assert.Equal(120, before.Quality.N);

        (string Truth, QualityView Quality) after = await RunAsync(async (cluster, endpoint) =>
        {
            // One answer, which alone would say nothing.
            await ScoreAsync(endpoint, cluster.Now + TimeSpan.FromHours(1), 1, 0.2);
            return await StateAsync(endpoint, cluster.Now);
        });
        Assert.Equal(("True", 121), (after.Truth, after.Quality.N));
    }

    [Fact]
    public async Task Restart_ThePastThatIsToldAgain_DoesNotCountTwice()
    {
        await RunAsync(async (cluster, endpoint) =>
        {
            await ScoreAsync(endpoint, cluster.Now, 120, 0.2);
            await KeptAsync(cluster);
            return 0;
        });
        (string _, QualityView quality) = await RunAsync(async (cluster, endpoint) =>
        {
            await ScoreAsync(endpoint, cluster.Now, 120, 0.2);
            await ScoreAsync(endpoint, cluster.Now + TimeSpan.FromHours(1), 1, 0.2);
            return await StateAsync(endpoint, cluster.Now);
        });
        Assert.Equal(121, quality.N);
    }

    [Fact]
    public async Task Restart_ForgottenOrUnreadable_BeginsAnew()
    {
        await RunAsync(async (cluster, endpoint) =>
        {
            await ScoreAsync(endpoint, cluster.Now, 120, 0.2);
            await KeptAsync(cluster);
            await endpoint.ForgetBaselines(CancellationToken.None);
            Assert.Empty((await Book(cluster).Read(CancellationToken.None)).Head);
            await Book(cluster).Keep(new BaselineBook([1, 2, 3], []), CancellationToken.None);
            return 0;
        });
        (string truth, QualityView quality) = await RunAsync(async (cluster, endpoint) =>
        {
            await ScoreAsync(endpoint, cluster.Now, 1, 0.2);
            return await StateAsync(endpoint, cluster.Now);
        });
        Assert.Equal(("Hold", 1), (truth, quality.N));
    }

    private async Task<T> RunAsync<T>(Func<FakeClockCluster, IEndpointGrain, Task<T>> work)
    {
        RuleSet rules = RuleFile.Parse(
            "version: 1\ngroups:\n  - name: g\n    rules:\n      - { id: bad, scope: component, raise: quality(integrity) < 0.8 }\n", "r", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        using SqliteStore store = SqliteStore.Open(_folder);
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store, rules: rules);
        return await work(cluster, new SickEndpoint(Endpoint, cluster.Grains).Grain);
    }

    /// <summary>Each second of the clock is let go by only when the endpoint has had its turn.</summary>
    private static Task KeptAsync(FakeClockCluster cluster) => cluster.AdvanceUntilAsync(async () =>
    {
        await new SickEndpoint(Endpoint, cluster.Grains).Grain.Score([], CancellationToken.None);
        return (await Book(cluster).Read(CancellationToken.None)).Head.Length > 0;
    });

    private static IBaselineGrain Book(FakeClockCluster cluster) =>
        cluster.Grains.GetGrain<IBaselineGrain>(new SickEndpoint(Endpoint, cluster.Grains).Id.Key);

    private static Task ScoreAsync(IEndpointGrain endpoint, Timestamp from, int count, double mean) => endpoint.Score(
        [.. Enumerable.Range(1, count).Select(i => new QualityScore(from + TimeSpan.FromSeconds(i - 300), new SickEndpoint(Endpoint, null!).Component, "integrity", i % 5 < 5 * mean ? 1 : 0, 1))],
        CancellationToken.None);

    private static async Task<(string Truth, QualityView Quality)> StateAsync(IEndpointGrain endpoint, Timestamp now)
    {
        await endpoint.Advance(now + TimeSpan.FromHours(2), CancellationToken.None);
        EntityView component = Assert.Single((await endpoint.GetState(CancellationToken.None)).Components);
        return (Assert.Single(component.Verdicts).Truth, Assert.Single(component.Quality));
    }
}
