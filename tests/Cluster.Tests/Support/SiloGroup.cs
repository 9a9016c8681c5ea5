using System.Buffers;
using System.Text;
using Grainwatch.Gateway.Ingest.RemoteWrite;
using Grainwatch.Grains.Delivery;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Fleet;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Placement;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Topology;
using Grainwatch.Silo.Hosting;
using Grainwatch.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>
/// Some silos that share one store, and a gateway in front of them, as they would stand on as many machines. Grains and
/// timers live by a clock that the test moves; the cluster itself lives by the real one.
/// </summary>
internal sealed class SiloGroup : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-silos").FullName;
    private SqliteStore _store = null!;
    private WebApplication _gateway = null!;

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public Timestamp Now => Timestamp.FromDateTimeOffset(Time.GetUtcNow());

    public RecordingPublisher Publisher { get; } = new();

    public StoryLog Story { get; } = new();

    public IGrainFactory Grains => Cluster.Client;

    public HttpClient Http { get; private set; } = null!;

    public RemoteWriteReader Reader => _gateway.Services.GetRequiredService<RemoteWriteReader>();

    /// <param name="silos">How many.</param>
    /// <param name="configure">What else a silo needs.</param>
    /// <param name="isRealTime">True: the clock on the wall, for what happens at the speed of the machine.</param>
    public static async Task<SiloGroup> StartAsync(int silos, Action<ISiloBuilder>? configure = null, bool isRealTime = false)
    {
        SiloGroup group = new();
        group._store = SqliteStore.Open(group._folder);
        InProcessTestClusterBuilder builder = new((short)silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.Replace(ServiceDescriptor.Singleton(isRealTime ? TimeProvider.System : group.Time));
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IAlertPublisher>(group.Publisher);
            silo.Services.AddSingleton<IStoryListener>(group.Story);
            silo.AddGrainwatch(TestRules.WithReceiver(group.Publisher.Kind), group._store);
            silo.Configure<TreeOptions>(trees => trees.LookEvery = Timeout.InfiniteTimeSpan);
            configure?.Invoke(silo);
        });
        group.Cluster = builder.Build();
        await group.Cluster.DeployAsync();
        group._gateway = await group.StartGatewayAsync();
        group.Http = new HttpClient { BaseAddress = new Uri(group._gateway.Urls.First()) };
        return group;
    }

    /// <summary>Another gateway in front of the same silos.</summary>
    public Task<WebApplication> StartGatewayAsync() => TestGateway.StartAsync(Grains);

    /// <summary>The silos, by number, whose windows of an endpoint are open: one, unless it is moving.</summary>
    public int[] HoldersOf(string endpointKey) =>
        [.. Enumerable.Range(0, Cluster.Silos.Count).Where(i => Service<WindowLeases>(i).Find(endpointKey) is not null)];

    public T Service<T>(int silo)
        where T : notnull => Cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>Posts a remote-write body that must be taken whole, the first time or, as a Prometheus does, when it is repeated after a 5xx.</summary>
    /// <returns>How often it was repeated.</returns>
    public async Task<int> WriteAsync(RemoteWriteBody body, int repeatsMax = 0)
    {
        byte[] bytes = body.Compressed();
        for (int repeats = 0; ; repeats++)
        {
            using HttpResponseMessage answer = await Http.PostAsync("/api/v1/write", bytes, Support.Doors.Protobuf, "snappy");
            if (answer.IsSuccessStatusCode)
            {
                return repeats;
            }

            Assert.True(
                (int)answer.StatusCode >= 500 && repeats < repeatsMax, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Puts an endpoint's windows, and its incidents, into one silo.</summary>
    public async Task PutAsync(EntityId endpoint, int silo)
    {
        await Grains.GetGrain<IEndpointGrain>(endpoint.Key).Score([], CancellationToken.None);
        await Grains.GetGrain<ICorrelationGrain>(endpoint.Key).Wake(CancellationToken.None);
        foreach (IAddressable grain in (IAddressable[])[Grains.GetGrain<IEndpointGrain>(endpoint.Key), Grains.GetGrain<ICorrelationGrain>(endpoint.Key)])
        {
            await MoveAsync(grain, silo);
        }

        await Grains.GetGrain<IEndpointGrain>(endpoint.Key).Score([], CancellationToken.None);
        Assert.Equal([silo], HoldersOf(endpoint.Key));
    }

    /// <summary>Moves an activation to a silo, unless it is there.</summary>
    public async Task MoveAsync(IAddressable grain, int silo)
    {
        SiloAddress target = Cluster.Silos[silo].SiloAddress;
        if (Cluster.TryGetGrainContext(grain.GetGrainId(), out IGrainContext? context) && !target.Equals(context.Address.SiloAddress))
        {
            await Cluster.MigrateAsync(grain, target);
        }
    }

    /// <summary>
    /// Moves the clock and waits for what it set off at some endpoints: their ticks, and the attempts at notifications that follow.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by, IEnumerable<EntityId> endpoints)
    {
        Time.Advance(by);
        await SettleAsync(endpoints);
    }

    /// <summary>The fleet sends one row, at the time that it is; all of it is taken in, and the clock goes on to the next row.</summary>
    public async Task LiveAsync(SickFleet fleet, int row, int repeatsMax = 0)
    {
        await WriteAsync(fleet.Row(row, Now), repeatsMax);
        await SettleAsync(fleet.Ids);
        await AdvanceAsync(SickFleet.Interval, fleet.Ids);
    }

    /// <summary>What was told and what was sent, each line in full, in the order of the text.</summary>
    public (string[] Story, string[] Pages) Told() => (
        [.. Story.Events.Select(StoryLine).Order(StringComparer.Ordinal)],
        [.. Publisher.Attempts.Select(a => $"{a.NotificationId} {a.Subject}").Order(StringComparer.Ordinal)]);

    /// <summary>Moves the clock by the time between two heartbeats and waits until the living silos have sent theirs.</summary>
    public async Task AdvanceByAHeartbeatAsync(IFleetShardGrain shard)
    {
        FleetWaker[] wakers = [.. Cluster.Silos.Select(s => s.ServiceProvider.GetServices<ILifecycleParticipant<ISiloLifecycle>>().OfType<FleetWaker>().Single())];
        long[] before = [.. wakers.Select(w => w.Rounds)];
        Time.Advance(TimeSpan.FromSeconds(10));
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(1));
        while (wakers.Zip(before).Any(w => w.First.Rounds == w.Second))
        {
            Assert.False(deadline.IsCancellationRequested, "a silo sent no heartbeat");
            await shard.List(CancellationToken.None);
        }
    }

    public Task SettleAsync(IEnumerable<EntityId> endpoints) => Task.WhenAll(endpoints.Select(async endpoint =>
    {
        // Each takes its turn behind a tick.
        await Grains.GetGrain<IEndpointGrain>(endpoint.Key).Score([], CancellationToken.None);
        do
        {
            await Grains.GetGrain<ICorrelationGrain>(endpoint.Key).Wake(CancellationToken.None);
        }
        while (Cluster.Silos.Any(s => s.ServiceProvider.GetRequiredService<DeliveryWorker>().IsUnderWay(endpoint.Key)));
    }));

    private static string StoryLine(StoryEvent story)
    {
        ArrayBufferWriter<byte> json = new();
        StoryEventJson.Write(story, TopologyMap.Empty, json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _gateway.DisposeAsync();
        await Cluster.DisposeAsync();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
