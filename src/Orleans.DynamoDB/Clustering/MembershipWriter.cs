using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.DynamoDB.Client;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Changes a silo's row and the version of the table in one transaction, or neither.</summary>
/// <remarks>
/// Whoever lost the answer of a transaction that was committed meets its own rows when it asks again. DynamoDB knows the request by
/// its token for ten minutes; a stand-in may not. So a failed condition is looked at before it is believed: a row with our
/// <see cref="WriteId"/> says that the write happened.
/// </remarks>
internal sealed partial class MembershipWriter(IAmazonDynamoDB client, string table, string clusterId, ILogger logger)
{
    /// <summary>False: the silo has a row already, or the version is not the one that was read.</summary>
    public Task<bool> InsertAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) =>
        CommitAsync(entry, null, tableVersion, cancellationToken);

    /// <summary>False: the row is gone or has another etag, or the version is not the one that was read.</summary>
    public Task<bool> UpdateAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken)
    {
        if (Numbers.Etag(etag) is not { } expected)
        {
            LogNoEtag(logger, entry.SiloAddress, etag);
            return Task.FromResult(false);
        }

        return CommitAsync(entry, expected, tableVersion, cancellationToken);
    }

    private Task<bool> CommitAsync(MembershipEntry entry, int? rowEtag, TableVersion tableVersion, CancellationToken cancellationToken)
    {
        if (Numbers.Etag(tableVersion.VersionEtag) is not { } versionEtag)
        {
            LogNoEtag(logger, entry.SiloAddress, tableVersion.VersionEtag);
            return Task.FromResult(false);
        }

        return WriteTurns.TakeAsync(
            (client.Config.ServiceURL ?? client.Config.RegionEndpoint?.SystemName, table, clusterId),
            async () => await MayWinAsync(entry, rowEtag, versionEtag, cancellationToken)
                && await CommitAsync(entry, rowEtag, versionEtag, tableVersion, cancellationToken),
            cancellationToken);
    }

    /// <summary>Whether both rows are as they were read: a change that cannot win is not sent.</summary>
    private async Task<bool> MayWinAsync(MembershipEntry entry, int? rowEtag, int versionEtag, CancellationToken cancellationToken)
    {
        Item? version = await OneAsync(MembershipKeys.Version(clusterId), cancellationToken);
        if (Etag(version) != Numbers.Text(versionEtag))
        {
            return false;
        }

        Item? silo = await OneAsync(MembershipKeys.Silo(clusterId, entry.SiloAddress), cancellationToken);
        return rowEtag is { } expected ? Etag(silo) == Numbers.Text(expected) : silo is null;
    }

    private async Task<bool> CommitAsync(
        MembershipEntry entry, int? rowEtag, int versionEtag, TableVersion tableVersion, CancellationToken cancellationToken)
    {
        string writeId = WriteId.Next();
        int next = rowEtag is { } etag ? checked(etag + 1) : 0;
        Put put = new() { TableName = table, Item = SiloRow.Write(clusterId, entry, next, tableVersion.Version, writeId) };
        (put.ConditionExpression, put.ExpressionAttributeValues) = rowEtag is { } expected
            ? ($"{MembershipAttributes.Etag} = :etag", new() { [":etag"] = Numbers.Value(expected) })
            : ($"attribute_not_exists({MembershipAttributes.SiloIdentity})", (Item?)null);
        LastChange change = new(tableVersion.Version, MembershipKeys.Identity(entry.SiloAddress), entry.Status, writeId);
        TransactWriteItemsRequest request = new()
        {
            ClientRequestToken = writeId,
            TransactItems = [new TransactWriteItem { Put = put }, new TransactWriteItem { Update = Advance(versionEtag, change) }],
        };
        try
        {
            await Patience.RunAsync(t => client.TransactWriteItemsAsync(request, t), cancellationToken);
            return true;
        }
        catch (TransactionCanceledException cancelled) when (Cancellation.Of(cancelled) == CancellationKind.ConditionFailed)
        {
            bool ours = await IsOursAsync(entry, writeId, cancellationToken);
            LogRefused(logger, entry.SiloAddress, tableVersion, ours);
            return ours;
        }
    }

    private async Task<bool> IsOursAsync(MembershipEntry entry, string writeId, CancellationToken cancellationToken)
    {
        Item? silo = await OneAsync(MembershipKeys.Silo(clusterId, entry.SiloAddress), cancellationToken);
        if (silo is not null && silo.TryGetValue(WriteId.Attribute, out AttributeValue? found) && found.S == writeId)
        {
            return true;
        }

        Item? version = await OneAsync(MembershipKeys.Version(clusterId), cancellationToken);
        return version is not null && version.TryGetValue(MembershipAttributes.LastChange, out AttributeValue? change)
            && LastChange.Parse(change.S)?.WriteId == writeId;
    }

    private Task<Item?> OneAsync(Item key, CancellationToken cancellationToken) =>
        MembershipQuery.OneAsync(client, table, key, cancellationToken);

    /// <summary>The version never goes back, even for a caller that confuses two etags.</summary>
    private Update Advance(int expected, LastChange change) => new()
    {
        TableName = table,
        Key = MembershipKeys.Version(clusterId),
        UpdateExpression = $"SET {MembershipAttributes.MembershipVersion} = :version, {MembershipAttributes.Etag} = :next, "
            + $"{MembershipAttributes.LastChange} = :change",
        ConditionExpression = $"{MembershipAttributes.Etag} = :etag AND {MembershipAttributes.MembershipVersion} < :version",
        ExpressionAttributeValues = new()
        {
            [":version"] = Numbers.Value(change.Version),
            [":next"] = Numbers.Value(checked(expected + 1)),
            [":etag"] = Numbers.Value(expected),
            [":change"] = new AttributeValue(change.ToString()),
        },
    };

    private static string? Etag(Item? item) =>
        item is not null && item.TryGetValue(MembershipAttributes.Etag, out AttributeValue? etag) ? etag.N : null;
}
