using Grainwatch.Cluster.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace Grainwatch.Cluster.Tests.Storage;

public sealed class MemoryStorageTests(ClusterFixture fixture) : GrainStorageConformance, IClassFixture<ClusterFixture>
{
    private protected override IGrainStorage Storage { get; } =
        fixture.Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
}
