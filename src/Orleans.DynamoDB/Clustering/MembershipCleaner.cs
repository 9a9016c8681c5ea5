using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.DynamoDB.Client;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Removes rows: of silos that are dead for long, or of a whole cluster.</summary>
internal sealed partial class MembershipCleaner(IAmazonDynamoDB client, string table, string clusterId, ILogger logger)
{
    private const int BatchMax = 25;

    /// <summary>
    /// Deletes rows of dead silos whose start, last heartbeat and votes all lie before a moment. A silo that is anything but dead
    /// may be alive and slow; it keeps its row however old that is. Each delete asks again for what was read.
    /// </summary>
    public async Task CleanAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        List<Item> dead = await MembershipQuery.AllAsync(client, table, clusterId, FilterDead, cancellationToken);
        foreach (Item item in dead.Where(i => IsDefunct(i, before)))
        {
            DeleteItemRequest request = new()
            {
                TableName = table,
                Key = MembershipKeys.Of(clusterId, item[MembershipAttributes.SiloIdentity].S),
                ConditionExpression = $"{MembershipAttributes.Status} = :dead AND {MembershipAttributes.Etag} = :etag AND "
                    + (item.ContainsKey(MembershipAttributes.IAmAliveTime)
                        ? $"{MembershipAttributes.IAmAliveTime} = :alive"
                        : $"attribute_not_exists({MembershipAttributes.IAmAliveTime})"),
                ExpressionAttributeValues = new()
                {
                    [":dead"] = Numbers.Value((int)SiloStatus.Dead),
                    [":etag"] = item[MembershipAttributes.Etag],
                },
            };
            if (item.TryGetValue(MembershipAttributes.IAmAliveTime, out AttributeValue? alive))
            {
                request.ExpressionAttributeValues[":alive"] = alive;
            }

            try
            {
                await Patience.RunAsync(t => client.DeleteItemAsync(request, t), cancellationToken);
            }
            catch (ConditionalCheckFailedException)
            {
                // It changed since, or another silo cleans up as well.
            }
        }
    }

    /// <summary>Deletes every row of a cluster, the version last: as long as it is there the rest is found again.</summary>
    public async Task DeleteAsync(string cluster, CancellationToken cancellationToken)
    {
        List<Item> rows = await MembershipQuery.AllAsync(client, table, cluster, ProjectKeys, cancellationToken);
        foreach (Item[] batch in rows.Where(r => !IsVersion(r)).Chunk(BatchMax).Concat(rows.Where(IsVersion).Chunk(BatchMax)))
        {
            await DeleteAsync(batch, cancellationToken);
        }
    }

    private async Task DeleteAsync(Item[] keys, CancellationToken cancellationToken)
    {
        List<WriteRequest> left = [.. keys.Select(k => new WriteRequest(new DeleteRequest(k)))];
        for (int attempt = 1; left.Count > 0; attempt++)
        {
            BatchWriteItemRequest request = new(new Dictionary<string, List<WriteRequest>> { [table] = left });
            BatchWriteItemResponse answer = await client.BatchWriteItemAsync(request, cancellationToken);
            left = answer.UnprocessedItems is { } unprocessed && unprocessed.TryGetValue(table, out List<WriteRequest>? again) ? again : [];
            if (left.Count > 0 && attempt == Patience.AttemptsMax)
            {
                throw new OrleansException(
                    $"{left.Count} membership rows were not deleted from {table} in {attempt} attempts: it has too little capacity");
            }

            if (left.Count > 0)
            {
                await Patience.PauseAsync(attempt, cancellationToken);
            }
        }
    }

    private bool IsDefunct(Item item, DateTimeOffset before)
    {
        try
        {
            return SiloRow.Read(item).LastWord < before.UtcDateTime;
        }
        catch (OrleansException fault)
        {
            LogKept(logger, fault);
            return false;
        }
    }

    private static void FilterDead(QueryRequest request)
    {
        request.FilterExpression = $"{MembershipAttributes.Status} = :dead";
        request.ExpressionAttributeValues[":dead"] = Numbers.Value((int)SiloStatus.Dead);
    }

    private static void ProjectKeys(QueryRequest request) =>
        request.ProjectionExpression = $"{MembershipAttributes.ClusterId}, {MembershipAttributes.SiloIdentity}";

    private static bool IsVersion(Item row) => row[MembershipAttributes.SiloIdentity].S == MembershipAttributes.VersionRow;

    [LoggerMessage(14, LogLevel.Warning, "A row of a dead silo is kept, since it cannot be read", EventName = "MembershipRowKept")]
    private static partial void LogKept(ILogger logger, Exception fault);
}
