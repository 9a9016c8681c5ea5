using Grainwatch.Signals;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;
using Grainwatch.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>One silo whose grains and timers live by a clock that the test moves.</summary>
internal sealed class FakeClockCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private FakeClockCluster(InProcessTestCluster cluster, FakeTimeProvider time)
    {
        _cluster = cluster;
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public IGrainFactory Grains => _cluster.Client;

    public Timestamp Now => Timestamp.FromDateTimeOffset(Time.GetUtcNow());

    public static async Task<FakeClockCluster> StartAsync(
        IAlertPublisher? publisher = null, IStoryListener? listener = null, SqliteStore? store = null, RuleSet? rules = null, Action<IServiceCollection>? configure = null)
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            IAlertPublisher oncall = publisher ?? new RecordingPublisher();
            silo.Services.AddSingleton(oncall);
            if (listener is not null)
            {
                silo.Services.AddSingleton(listener);
            }

            silo.AddGrainwatch(rules ?? TestRules.WithReceiver(oncall.Kind), store);
            configure?.Invoke(silo.Services);
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new FakeClockCluster(cluster, time);
    }

    /// <summary>
    /// Moves the clock a second at a time, with a call to a grain between, until something is so. The steps are seconds of
    /// the fake clock, not of ours: nothing is waited for but the grain's own turns.
    /// </summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> isSo, int secondsMax = 600)
    {
        for (int second = 0; second < secondsMax; second++)
        {
            if (await isSo())
            {
                return;
            }

            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Fail($"it was not so within {secondsMax} s of the fake clock");
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
