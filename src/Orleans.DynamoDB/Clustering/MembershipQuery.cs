using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Reads one cluster's partition: never the table, however many clusters share it.</summary>
internal static class MembershipQuery
{
    /// <summary>Every row of the cluster, strongly consistent, however many pages it takes (a page is 1 MB, some 2000 silos).</summary>
    /// <param name="client">Where.</param>
    /// <param name="table">Name of the table.</param>
    /// <param name="clusterId">The partition.</param>
    /// <param name="shape">May add a filter or a projection.</param>
    /// <param name="cancellationToken">Ends it between pages and inside one.</param>
    public static async Task<List<Item>> AllAsync(
        IAmazonDynamoDB client, string table, string clusterId, Action<QueryRequest>? shape, CancellationToken cancellationToken)
    {
        QueryRequest request = new()
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{MembershipAttributes.ClusterId} = :cluster",
            ExpressionAttributeValues = new() { [":cluster"] = new AttributeValue(clusterId) },
        };
        shape?.Invoke(request);
        List<Item> rows = [];
        do
        {
            QueryResponse page = await client.QueryAsync(request, cancellationToken);
            rows.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return rows;
    }

    /// <summary>One row, strongly consistent, or null.</summary>
    public static async Task<Item?> OneAsync(
        IAmazonDynamoDB client, string table, Item key, CancellationToken cancellationToken)
    {
        GetItemRequest request = new() { TableName = table, Key = key, ConsistentRead = true };
        GetItemResponse answer = await client.GetItemAsync(request, cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }
}
