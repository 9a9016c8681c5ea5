using Orleans.Configuration;
using Orleans.DynamoDB.Client;
using Orleans.DynamoDB.Tables;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>What the public options of both roles come down to.</summary>
internal static class OptionsReading
{
    public static ClientSettings Client(this DynamoDBClientOptions options) =>
        new(options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName);

    public static TableSettings Table(this DynamoDBClusteringOptions options) => Table(
        options.TableName,
        options.UseProvisionedThroughput ? (options.ReadCapacityUnits, options.WriteCapacityUnits) : null,
        options.CreateIfNotExists,
        options.UpdateIfExists);

    public static TableSettings Table(this DynamoDBGatewayOptions options) => Table(
        options.TableName,
        options.UseProvisionedThroughput ? (options.ReadCapacityUnits, options.WriteCapacityUnits) : null,
        options.CreateIfNotExists,
        options.UpdateIfExists);

    private static TableSettings Table(string name, (int Read, int Write)? throughput, bool mayCreate, bool mayUpdate) =>
        string.IsNullOrWhiteSpace(name) ? throw new OrleansConfigurationException("DynamoDB clustering: TableName is empty")
        : throughput is (< 1, _) or (_, < 1)
            ? throw new OrleansConfigurationException("DynamoDB clustering: ReadCapacityUnits and WriteCapacityUnits must be at least 1")
        : new(name, MembershipAttributes.ClusterId, MembershipAttributes.SiloIdentity, throughput, mayCreate, mayUpdate);
}
