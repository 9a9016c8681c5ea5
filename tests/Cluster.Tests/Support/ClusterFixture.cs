using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Two silos in this process with the default rules, and a publisher that keeps what it is given.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public InProcessTestCluster Cluster { get; private set; } = null!;

    public RecordingPublisher Publisher { get; } = new();

    public IGrainFactory Grains => Cluster.Client;

    public async Task InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IAlertPublisher>(Publisher);
            silo.AddGrainwatch(TestRules.WithReceiver(Publisher.Kind));
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
