using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.DynamoDB.Client;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

/// <summary>Makes the storage of a name out of the options of that name.</summary>
public static class DynamoDBGrainStorageFactory
{
    /// <param name="services">Of the silo.</param>
    /// <param name="name">Of the storage.</param>
    public static DynamoDBGrainStorage Create(IServiceProvider services, string name) => new(
        name,
        services.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>().Get(name),
        services.GetRequiredService<IActivatorProvider>(),
        services.GetRequiredService<ILogger<DynamoDBGrainStorage>>(),
        services.GetService<TimeProvider>() ?? WallClock.Instance);
}
