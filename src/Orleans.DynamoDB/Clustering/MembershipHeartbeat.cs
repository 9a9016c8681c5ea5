using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.DynamoDB.Client;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Writes when a silo was last alive, and nothing else: no etag, no version.</summary>
internal sealed partial class MembershipHeartbeat(
    IAmazonDynamoDB client, string table, string clusterId, MembershipReader reader, ILogger logger)
{
    /// <summary>A row that was cleaned up stays away: a heartbeat must not bring back half a silo.</summary>
    /// <exception cref="KeyNotFoundException">Not only the row is gone, the cluster is.</exception>
    public async Task WriteAsync(MembershipEntry entry, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = new()
        {
            TableName = table,
            Key = MembershipKeys.Silo(clusterId, entry.SiloAddress),
            UpdateExpression = $"SET {MembershipAttributes.IAmAliveTime} = :time",
            ConditionExpression = $"attribute_exists({MembershipAttributes.SiloIdentity})",
            ExpressionAttributeValues = new() { [":time"] = new AttributeValue(SiloRow.Text(entry.IAmAliveTime)) },
        };
        try
        {
            await Patience.RunAsync(t => client.UpdateItemAsync(request, t), cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            await reader.ReadVersionAsync(cancellationToken);
            LogGone(logger, entry.SiloAddress);
        }
    }

    [LoggerMessage(
        13, LogLevel.Warning, "{Silo} has no row in the membership table any more: its heartbeat was not written",
        EventName = "MembershipRowGone")]
    private static partial void LogGone(ILogger logger, SiloAddress silo);
}
