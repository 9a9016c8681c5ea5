using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace Grainwatch.Cluster.Tests;

/// <summary>What becomes of notifications when receivers, the store or the whole process fail.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Restart_WhileAPageHasNoAnswer_NobodyCallsAndItGoesOutAgainUnderItsId()
    {
        string folder = Directory.CreateTempSubdirectory("grainwatch-delivery").FullName;
        HeldPublisher silent = new();
        IncidentView[] before;
        using (SqliteStore store = SqliteStore.Open(folder))
        {
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(silent, store: store);
            SickEndpoint endpoint = new("restarts", cluster.Grains);
            await endpoint.DeclareAsync();
            await endpoint.FeedAsync(60, failing: 0);
            await endpoint.FeedAsync(15, failing: 0.5);
            await silent.Entered;
            before = await cluster.Grains.GetGrain<ICorrelationGrain>(endpoint.Id.Key).GetIncidents(CancellationToken.None);
            Assert.Equal("open", Assert.Single(before).State);
        }

        using (SqliteStore store = SqliteStore.Open(folder))
        {
            RecordingPublisher publisher = new();
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(publisher, store: store);

            // Nobody reports and nobody asks for the endpoint: its shard wakes it. Calls to another grain give the silo its turns,
            // so that the clock does not run away from whoever works by it.
            IFleetShardGrain other = cluster.Grains.GetGrain<IFleetShardGrain>(0);
            await cluster.AdvanceUntilAsync(async () =>
            {
                for (int turn = 0; turn < 50 && publisher.Attempts.IsEmpty; turn++)
                {
                    await other.List(CancellationToken.None);
                }

                return !publisher.Attempts.IsEmpty;
            });
            OutgoingMessage again = publisher.Attempts.First();
            Assert.Equal(silent.NotificationIds.Distinct().Single(), again.NotificationId);

            ICorrelationGrain correlation = cluster.Grains.GetGrain<ICorrelationGrain>(new SickEndpoint("restarts", cluster.Grains).Id.Key);
            IncidentView after = Assert.Single(await correlation.GetIncidents(CancellationToken.None));
            Assert.Equal(JsonSerializer.Serialize(before[0] with { Notifications = [] }), JsonSerializer.Serialize(after with { Notifications = [], Members = before[0].Members }));
            Assert.Equal(before[0].Members, after.Members);
            Assert.NotEmpty(await correlation.GetAlerts(CancellationToken.None));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Store_ThatRefusesForAMinute_ThePageGoesOutUnrecordedAndItsEndOnce()
    {
        RecordingPublisher publisher = new();
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(publisher, configure: services =>
        {
            ServiceDescriptor inner = services.Last(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
            services.Remove(inner);
            services.AddKeyedSingleton<IGrainStorage>(
                ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
                (provider, key) => new StubbornStorage((IGrainStorage)inner.KeyedImplementationFactory!(provider, key)));
        });
        SickEndpoint endpoint = new("unrecorded", cluster.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        try
        {
            StubbornStorage.IsDown = true;
            Assert.True(await FeedUntilAsync(endpoint, publisher, 1) >= 6, "it went out before the store had refused for a minute");
            Assert.True(Ours(publisher.About("unrecorded")[0]).GetProperty("unrecorded").GetBoolean());
        }
        finally
        {
            StubbornStorage.IsDown = false;
        }

        await endpoint.FeedAsync(20, failing: 0.5);
        await FeedUntilAsync(endpoint, publisher, 2, failing: 0, state: "OK");
        List<OutgoingMessage> sent = publisher.About("unrecorded");
        Assert.Equal(2, sent.Select(m => m.NotificationId).Distinct().Count());
        Assert.StartsWith("OK: ", sent[^1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_RefusedForGood_TheFallbackHearsOfIt()
    {
        RecordingPublisher publisher = new(), log = new("log");
        publisher.Script("falls-back", () => new PublishResult(PublishAnswer.RefusedForGood));
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(publisher, configure: services => services.Insert(0, ServiceDescriptor.Singleton<IAlertPublisher>(log)));
        SickEndpoint endpoint = new("falls-back", cluster.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await FeedUntilAsync(endpoint, publisher, 1);
        await FeedUntilAsync(endpoint, log, 1);
        JsonElement told = Ours(log.About("falls-back")[0]);
        Assert.Equal("UNDELIVERED", told.GetProperty("reason").GetString(), ignoreCase: true);
        Assert.Equal("oncall", told.GetProperty("about").GetString());
    }

    [Fact]
    public async Task Watchdog_EachMinute_GetsOneSignOfLifeForTheWholeCluster()
    {
        RecordingPublisher watchdog = new("webhook");
        RuleSet rules = RuleSet.Default with { Receivers = [new RuleReceiver("dog", ReceiverKind.Watchdog, "http://127.0.0.1:9/", null, RuleReceiver.DefaultEvery)] };
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(watchdog, rules: rules);
        SickEndpoint endpoint = new("watched", cluster.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(3, failing: 0);
        ICorrelationGrain own = cluster.Grains.GetGrain<ICorrelationGrain>(OwnEndpoint.Key);
        await cluster.AdvanceUntilAsync(async () =>
        {
            await own.Wake(CancellationToken.None);
            return watchdog.Attempts.Count >= 3;
        });
        Assert.All(watchdog.Attempts, m => Assert.Equal("HEARTBEAT", Ours(m).GetProperty("kind").GetString()));
        Assert.All(watchdog.Attempts, m => Assert.Equal(OwnEndpoint.Name, Ours(m).GetProperty("endpoint").GetString()));
        Assert.Equal(watchdog.Attempts.Count, watchdog.Attempts.Select(m => m.NotificationId).Distinct().Count());
    }

    [Fact]
    public async Task RequestTest_OfAReceiver_SendsAMarkedPageAndSaysWhatBecameOfIt()
    {
        RecordingPublisher publisher = new();
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(publisher);
        ICorrelationGrain own = cluster.Grains.GetGrain<ICorrelationGrain>(OwnEndpoint.Key);
        Assert.False(await own.RequestTest("nobody", "t-0", CancellationToken.None));
        Assert.True(await own.RequestTest("oncall", "t-1", CancellationToken.None));
        await cluster.AdvanceUntilAsync(async () => (await own.GetTest("t-1", CancellationToken.None))?.IsOver == true);
        TestPage? page = await own.GetTest("t-1", CancellationToken.None);
        Assert.Equal("Sent", page!.State);
        Assert.Equal("m-1", page.MessageId);
        Assert.True(Ours(Assert.Single(publisher.Attempts)).GetProperty("test").GetBoolean());
    }

    /// <summary>
    /// Feeds bucket after bucket until so many notifications were attempted. Attempts run outside the grain's turns, and on
    /// this clock a claim lasts three buckets: each attempt is given the time to be answered before the next bucket comes.
    /// </summary>
    /// <returns>How many buckets it took.</returns>
    private static async Task<int> FeedUntilAsync(SickEndpoint endpoint, RecordingPublisher publisher, int ids, double failing = 0.5, string state = "")
    {
        for (int bucket = 0; bucket < 200; bucket++)
        {
            if (publisher.Attempts.Where(m => m.Subject.StartsWith(state, StringComparison.Ordinal) || state.Length == 0).Any()
                && publisher.Attempts.Select(m => m.NotificationId).Distinct().Count() >= ids)
            {
                return bucket;
            }

            await endpoint.FeedAsync(1, failing);
            for (int turn = 0; turn < 200 && await IsUnderWayAsync(endpoint); turn++)
            {
                await Task.Yield();
            }
        }

        Assert.Fail($"{publisher.Attempts.Count} attempts came, not {ids}");
        return 0;
    }

    private static async Task<bool> IsUnderWayAsync(SickEndpoint endpoint) =>
        (await endpoint.Correlation.GetIncidents(CancellationToken.None)).Any(i => i.Notifications.Any(n => n.State == "Pending"));

    private static JsonElement Ours(OutgoingMessage message)
    {
        using JsonDocument body = JsonDocument.Parse(message.Body);
        return body.RootElement.GetProperty("Grainwatch").Clone();
    }
}
