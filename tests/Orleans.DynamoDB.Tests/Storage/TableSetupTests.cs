using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Grainwatch.DynamoDB.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.DynamoDB.Tables;

namespace Grainwatch.DynamoDB.Tests.Storage;

/// <summary>Tables at start.</summary>
[Collection(MotoCollection.Name)]
public sealed class TableSetupTests(MotoServer server)
{
    [Fact]
    public async Task Run_NeitherMayBeDone_AsksNothing()
    {
        await using DynamoProxy proxy = await DynamoProxy.StartAsync(server);
        await RunAsync(proxy, Settings("untouched") with { MayCreate = false });
        Assert.Equal(0, proxy.CountAll);
    }

    [Fact]
    public async Task Run_TableIsMissing_IsCreatedToBePaidPerRequest()
    {
        await using DynamoProxy proxy = await DynamoProxy.StartAsync(server);
        await RunAsync(proxy, Settings("created"));
        TableDescription table = await DescribeAsync(proxy, "created");
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal([("h", KeyType.HASH), ("r", KeyType.RANGE)], table.KeySchema.Select(k => (k.AttributeName, k.KeyType)));
    }

    [Fact]
    public async Task Run_MayUpdateAlone_CreatesNothing()
    {
        await using DynamoProxy proxy = await DynamoProxy.StartAsync(server);
        await RunAsync(proxy, Settings("absent") with { MayCreate = false, MayUpdate = true });
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => DescribeAsync(proxy, "absent"));
    }

    [Fact]
    public async Task Run_CapacityDiffers_IsChangedOnlyWhereThatIsAllowed()
    {
        await using DynamoProxy proxy = await DynamoProxy.StartAsync(server);
        await RunAsync(proxy, Settings("capacity"));
        await RunAsync(proxy, Settings("capacity") with { Throughput = (7, 3) });
        Assert.Equal(0, proxy.Count("UpdateTable"));
        await RunAsync(proxy, Settings("capacity") with { Throughput = (7, 3), MayUpdate = true });
        await RunAsync(proxy, Settings("capacity") with { Throughput = (7, 3), MayUpdate = true });
        Assert.Equal(1, proxy.Count("UpdateTable"));
        ProvisionedThroughputDescription units = (await DescribeAsync(proxy, "capacity")).ProvisionedThroughput;
        Assert.Equal((7, 3), (units.ReadCapacityUnits, units.WriteCapacityUnits));
    }

    [Fact]
    public async Task Run_ReplyOfTheCreationLost_IsReady()
    {
        await using DynamoProxy proxy = await DynamoProxy.StartAsync(server);
        proxy.Fail("CreateTable", Fault.ReplyLost);
        await RunAsync(proxy, Settings("lost"));
        Assert.Equal(TableStatus.ACTIVE, (await DescribeAsync(proxy, "lost")).TableStatus);
    }

    private static TableSettings Settings(string name) => new(name, "h", "r", null, MayCreate: true, MayUpdate: false);

    private static async Task RunAsync(DynamoProxy proxy, TableSettings settings)
    {
        using Table table = new(proxy.Url, settings.Name);
        await new TableSetup(table.Client, settings, NullLogger.Instance).RunAsync(CancellationToken.None);
    }

    private static async Task<TableDescription> DescribeAsync(DynamoProxy proxy, string name)
    {
        using Table table = new(proxy.Url, name);
        return (await table.Client.DescribeTableAsync(name)).Table;
    }
}
