using Microsoft.Extensions.Configuration;
using Orleans.Configuration;
using Orleans.Providers;

[assembly: Orleans.RegisterProvider("DynamoDB", "Clustering", "Silo", typeof(Orleans.Hosting.DynamoDBClusteringProviderBuilder))]
[assembly: Orleans.RegisterProvider("DynamoDB", "Clustering", "Client", typeof(Orleans.Hosting.DynamoDBClusteringProviderBuilder))]

namespace Orleans.Hosting;

/// <summary>Makes <c>Orleans:Clustering:ProviderType=DynamoDB</c> of a configuration work, for silos and clients.</summary>
internal sealed class DynamoDBClusteringProviderBuilder : IProviderBuilder<ISiloBuilder>, IProviderBuilder<IClientBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseDynamoDBClustering((DynamoDBClusteringOptions options) =>
            configurationSection.Fill(options, (o, region) => o.Service = region));

    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseDynamoDBClustering((DynamoDBGatewayOptions options) =>
            configurationSection.Fill(options, (o, region) => o.Service = region));
}
