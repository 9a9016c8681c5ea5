using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Orleans.DynamoDB.Client;

namespace Orleans.Persistence.DynamoDB;

/// <summary>Reads and writes rows under the condition that they are as they were read.</summary>
/// <remarks>
/// A write whose answer was lost is made again by the SDK and then fails its condition on its own row; that row has its
/// <see cref="WriteId"/>, and the write counts. A delete leaves no row to recognise: it is attempted here, one by one, and a row
/// that is gone after an attempt of unknown outcome was deleted.
/// </remarks>
internal sealed class StateTable(IAmazonDynamoDB client, IAmazonDynamoDB oneAttempt, string table)
{
    public async Task<StateRow?> ReadAsync(StateKey key, CancellationToken cancellationToken)
    {
        GetItemRequest request = new() { TableName = table, Key = key.ToItem(), ConsistentRead = true };
        GetItemResponse answer = await client.GetItemAsync(request, cancellationToken);
        return answer.Item is { Count: > 0 } item ? StateRow.Read(key, item) : null;
    }

    /// <summary>Writes a row in place of the one with this etag, or, with none, where there is no row.</summary>
    /// <exception cref="StateConflictException">Somebody else wrote.</exception>
    public async Task WriteAsync(StateKey key, int? expected, StateRow row, DateTimeOffset? expiry, CancellationToken cancellationToken)
    {
        string writeId = WriteId.Next();
        PutItemRequest request = new()
        {
            TableName = table,
            Item = row.Write(key, expiry, writeId),
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        (request.ConditionExpression, request.ExpressionAttributeValues) = Condition(expected);
        try
        {
            await Patience.RunAsync(t => client.PutItemAsync(request, t), cancellationToken);
        }
        catch (ConditionalCheckFailedException refused)
        {
            Item found = refused.Item ?? [];
            if (!found.TryGetValue(WriteId.Attribute, out AttributeValue? writer) || writer.S != writeId)
            {
                throw Conflict(found, refused);
            }
        }
    }

    /// <summary>Deletes the row with this etag; with none there must be no row.</summary>
    /// <exception cref="StateConflictException">Somebody else wrote or deleted.</exception>
    public async Task DeleteAsync(StateKey key, int? expected, CancellationToken cancellationToken)
    {
        DeleteItemRequest request = new()
        {
            TableName = table,
            Key = key.ToItem(),
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        (request.ConditionExpression, request.ExpressionAttributeValues) = Condition(expected);
        bool mayBeDone = false;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await oneAttempt.DeleteItemAsync(request, cancellationToken);
                return;
            }
            catch (ConditionalCheckFailedException refused)
            {
                if (mayBeDone && refused.Item is null or { Count: 0 })
                {
                    return;
                }

                throw Conflict(refused.Item ?? [], refused);
            }
            catch (Exception fault) when (attempt < Patience.AttemptsMax && !cancellationToken.IsCancellationRequested && MayPass(fault))
            {
                mayBeDone |= !IsRefusal(fault);
                await Patience.PauseAsync(attempt, cancellationToken);
            }
        }
    }

    private static (string, Item?) Condition(int? expected) => expected is { } etag
        ? ($"{StateAttributes.Etag} = :etag", new() { [":etag"] = new AttributeValue { N = StateRow.Text(etag) } })
        : ($"attribute_not_exists({StateAttributes.GrainReference})", null);

    private static StateConflictException Conflict(Item found, Exception refused) =>
        new(found.TryGetValue(StateAttributes.Etag, out AttributeValue? etag) ? etag.N : null, refused);

    /// <summary>Whether DynamoDB said that it did not do it.</summary>
    private static bool IsRefusal(Exception fault) =>
        fault is AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError };

    private static bool MayPass(Exception fault) => !IsRefusal(fault)
        || fault is AmazonServiceException
        {
            ErrorCode: "ProvisionedThroughputExceededException" or "ThrottlingException" or "RequestLimitExceeded"
                or "TransactionConflictException"
        };
}
