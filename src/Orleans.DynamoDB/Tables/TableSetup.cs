using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.DynamoDB.Client;

namespace Orleans.DynamoDB.Tables;

/// <summary>Brings a table into being at start. Any number of silos may do so at once.</summary>
/// <remarks>Where neither creation nor update is allowed it calls nothing, so a role without rights to manage tables can run it.</remarks>
internal sealed partial class TableSetup(IAmazonDynamoDB client, TableSettings table, ILogger logger)
{
    /// <summary>A new table is there within seconds; this bounds the wait for one that never comes.</summary>
    private const int PollsMax = 150;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!table.MayCreate && !table.MayUpdate)
        {
            LogLeftAlone(logger, table.Name);
            return;
        }

        TableDescription? found = await DescribeAsync(cancellationToken);
        if (found is not null)
        {
            await UpdateAsync(await WaitAsync(cancellationToken), cancellationToken);
        }
        else if (table.MayCreate)
        {
            await CreateAsync(cancellationToken);
        }
        else
        {
            LogMissing(logger, table.Name);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = table.Name,
                    AttributeDefinitions = [new(table.HashKey, ScalarAttributeType.S), new(table.RangeKey, ScalarAttributeType.S)],
                    KeySchema = [new(table.HashKey, KeyType.HASH), new(table.RangeKey, KeyType.RANGE)],
                    BillingMode = table.Throughput is null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
                    ProvisionedThroughput = Throughput,
                },
                cancellationToken);
        }
        catch (ResourceInUseException)
        {
            // Another silo was faster.
        }

        await WaitAsync(cancellationToken);
        await EnableExpiryAsync(cancellationToken);
        LogReady(logger, table.Name);
    }

    private async Task UpdateAsync(TableDescription found, CancellationToken cancellationToken)
    {
        if (!table.MayUpdate)
        {
            return;
        }

        ProvisionedThroughputDescription? units = found.ProvisionedThroughput;
        (long Read, long Write) now = (units?.ReadCapacityUnits ?? 0, units?.WriteCapacityUnits ?? 0);
        (long Read, long Write) wanted = table.Throughput ?? (0, 0);
        if (now != wanted)
        {
            try
            {
                await client.UpdateTableAsync(
                    new UpdateTableRequest
                    {
                        TableName = table.Name,
                        BillingMode = table.Throughput is null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
                        ProvisionedThroughput = Throughput,
                    },
                    cancellationToken);
            }
            catch (ResourceInUseException)
            {
                // Another silo is changing it.
            }

            await WaitAsync(cancellationToken);
        }

        await EnableExpiryAsync(cancellationToken);
    }

    private ProvisionedThroughput? Throughput => table.Throughput is { } units ? new ProvisionedThroughput(units.Read, units.Write) : null;

    private async Task EnableExpiryAsync(CancellationToken cancellationToken)
    {
        if (table.ExpiryAttribute is null)
        {
            return;
        }

        try
        {
            DescribeTimeToLiveRequest request = new() { TableName = table.Name };
            DescribeTimeToLiveResponse now = await client.DescribeTimeToLiveAsync(request, cancellationToken);
            if (now.TimeToLiveDescription?.TimeToLiveStatus is { } status && status != TimeToLiveStatus.DISABLED)
            {
                return;
            }

            await client.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest
                {
                    TableName = table.Name,
                    TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = table.ExpiryAttribute, Enabled = true },
                },
                cancellationToken);
        }
        catch (AmazonDynamoDBException fault)
        {
            // It may be changed once an hour, and nothing tells in advance whether that hour is over. Rows only stay longer.
            LogExpiry(logger, fault, table.Name);
        }
    }

    /// <summary>The table once it serves requests.</summary>
    private async Task<TableDescription> WaitAsync(CancellationToken cancellationToken)
    {
        for (int poll = 0; poll < PollsMax; poll++)
        {
            TableDescription? found = await DescribeAsync(cancellationToken);
            if (found is not null && (found.TableStatus == TableStatus.ACTIVE || found.TableStatus == TableStatus.UPDATING))
            {
                return found;
            }

            await Task.Delay(Poll, WallClock.Instance, cancellationToken);
        }

        throw new TimeoutException($"the DynamoDB table {table.Name} was not ready after {PollsMax * Poll.TotalSeconds:F0} s");
    }

    private async Task<TableDescription?> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.DescribeTableAsync(new DescribeTableRequest { TableName = table.Name }, cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }
}
