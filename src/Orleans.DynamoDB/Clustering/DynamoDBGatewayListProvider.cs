using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.DynamoDB.Client;
using Orleans.DynamoDB.Tables;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Tells a client which silos of its cluster take clients: those that are active and have a gateway port.</summary>
public sealed partial class DynamoDBGatewayListProvider(
    ILogger<DynamoDBGatewayListProvider> logger,
    IOptions<DynamoDBGatewayOptions> options,
    IOptions<ClusterOptions> clusterOptions,
    IOptions<GatewayOptions> gatewayOptions) : IGatewayListProvider, IDisposable
{
    private readonly DynamoDBGatewayOptions _options = options.Value;
    private readonly string _clusterId = clusterOptions.Value.ClusterId;
    private readonly Lazy<AmazonDynamoDBClient> _client = new(() => ClientFactory.Create(options.Value.Client()));

    /// <inheritdoc/>
    public TimeSpan MaxStaleness { get; } = gatewayOptions.Value.GatewayListRefreshPeriod;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new TableSetup(_client.Value, _options.Table(), logger).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<Item> items = await MembershipQuery.AllAsync(_client.Value, _options.TableName, _clusterId, FilterGateways, cancellationToken);
        return [.. items.Select(Gateway).OfType<Uri>()];
    }

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => InitializeGatewayListProviderAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways() => GetGatewaysAsync(CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static void FilterGateways(QueryRequest request)
    {
        request.FilterExpression = $"{MembershipAttributes.Status} = :active AND {MembershipAttributes.ProxyPort} > :none";
        request.ExpressionAttributeValues[":active"] = Numbers.Value((int)SiloStatus.Active);
        request.ExpressionAttributeValues[":none"] = Numbers.Value(0);
    }

    /// <summary>A row that cannot be read costs a client one gateway, not all of them.</summary>
    private Uri? Gateway(Item item)
    {
        try
        {
            MembershipEntry entry = SiloRow.Read(item).Entry;
            return SiloAddress.New(entry.SiloAddress.Endpoint.Address, entry.ProxyPort, entry.SiloAddress.Generation).ToGatewayUri();
        }
        catch (OrleansException fault)
        {
            LogSkipped(logger, fault);
            return null;
        }
    }

    [LoggerMessage(15, LogLevel.Warning, "A gateway is left out, since its row cannot be read", EventName = "GatewaySkipped")]
    private static partial void LogSkipped(ILogger logger, Exception fault);
}
