using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Storage;

[assembly: Orleans.RegisterProvider("DynamoDB", "GrainStorage", "Silo", typeof(Orleans.Hosting.DynamoDBGrainStorageProviderBuilder))]

namespace Orleans.Hosting;

/// <summary>Makes <c>Orleans:GrainStorage:NAME:ProviderType=DynamoDB</c> of a configuration work.</summary>
internal sealed class DynamoDBGrainStorageProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddDynamoDBGrainStorage(
            name ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (OptionsBuilder<DynamoDBStorageOptions> options) =>
                options.Configure<IServiceProvider>((o, services) => Fill(o, configurationSection, services)));

    /// <summary><c>SerializerKey</c> names a serializer of the container.</summary>
    private static void Fill(DynamoDBStorageOptions options, IConfigurationSection section, IServiceProvider services)
    {
        section.Fill(options, (o, region) => o.Service = region);
        if (section["SerializerKey"] is { Length: > 0 } key)
        {
            options.GrainStorageSerializer = services.GetRequiredKeyedService<IGrainStorageSerializer>(key);
        }
    }
}
