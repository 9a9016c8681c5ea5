using Amazon.DynamoDBv2.Model;
using Grainwatch.DynamoDB.Tests.Support;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Runtime;
using static Grainwatch.DynamoDB.Tests.Clustering.MembershipFixture;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>The way to DynamoDB is bad, or rows are.</summary>
[Collection(MotoCollection.Name)]
public sealed class MembershipFaultTests(MotoServer server)
{
    private const string Transaction = "TransactWriteItems";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(Fault.ReplyLost)]
    [InlineData(Fault.Hangs)]
    [InlineData(Fault.RequestLost)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.Conflict)]
    [InlineData(Fault.InProgress)]
    public async Task InsertRow_FirstAttemptFails_HappensOnceAndIsTrue(Fault fault)
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        TableVersion version = (await cluster.ReadAsync()).Version;
        cluster.Proxy.Fail(Transaction, fault);
        Assert.True(await cluster.Membership.InsertRowAsync(Silo(1), version.Next(), None));
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Single(data.Members);
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(2, cluster.Proxy.Count(Transaction));
    }

    [Fact]
    public async Task UpdateRow_ReplyLost_HappensOnceAndIsTrue()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.InsertAsync(Silo(1, SiloStatus.Joining));
        cluster.Proxy.Fail(Transaction, Fault.ReplyLost);
        Assert.True(await cluster.Membership.UpdateRowAsync(Silo(1), data.Members[0].Item2, data.Version.Next(), None));
        Assert.Equal(2, (await cluster.ReadAsync()).Version.Version);
    }

    [Fact]
    public async Task UpdateRow_ReplyLostAndAnotherSiloWroteSince_IsStillTrue()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.InsertAsync(Silo(1, SiloStatus.Joining));
        DynamoDBMembershipTable other = await cluster.OpenElsewhereAsync();
        cluster.Proxy.Before(Transaction, () => Task.CompletedTask);
        cluster.Proxy.Before(Transaction, async () => Assert.True(await other.InsertRowAsync(Silo(2), (await other.ReadAllAsync(None)).Version.Next(), None)));
        cluster.Proxy.Fail(Transaction, Fault.ReplyLost);
        Assert.True(await cluster.Membership.UpdateRowAsync(Silo(1), data.Members[0].Item2, data.Version.Next(), None));
        MembershipTableData after = await cluster.ReadAsync();
        Assert.Equal((3, 2), (after.Version.Version, after.Members.Count));
    }

    [Fact]
    public async Task UpdateRow_ReplyLostAndOneElseWroteTheSameRowSince_IsStillTrue()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.InsertAsync(Silo(1, SiloStatus.Joining), Silo(2));
        string etag = data.TryGet(Silo(1).SiloAddress)!.Item2;
        // A writer of the official package: it replaces the silo's row and leaves what it does not know in the version row.
        cluster.Proxy.Before(Transaction, () => Task.CompletedTask);
        cluster.Proxy.Before(Transaction, async () => await cluster.Rows.PutAsync(Without(await ItemAsync(cluster, 1), "WriteId")));
        cluster.Proxy.Fail(Transaction, Fault.ReplyLost);
        Assert.True(await cluster.Membership.UpdateRowAsync(Silo(1), etag, data.Version.Next(), None));
    }

    [Fact]
    public async Task InsertRow_SomebodyElsesRowIsThere_IsNotTakenForOurs()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.ReadAsync();
        DynamoDBMembershipTable other = await cluster.OpenElsewhereAsync();
        cluster.Proxy.Fail(Transaction, Fault.RequestLost);
        cluster.Proxy.Before(Transaction, async () => Assert.True(await other.InsertRowAsync(Silo(1), data.Version.Next(), None)));
        Assert.False(await cluster.Membership.InsertRowAsync(Silo(1), data.Version.Next(), None));
    }

    [Fact]
    public async Task InsertRow_ConflictsWithoutEnd_GivesUp()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        cluster.Proxy.Fail(Transaction, [.. Enumerable.Repeat(Fault.Conflict, 20)]);
        await Assert.ThrowsAsync<TransactionCanceledException>(() => cluster.Membership.InsertRowAsync(Silo(1), new TableVersion(1, "0"), None));
        Assert.Equal(6, cluster.Proxy.Count(Transaction));
    }

    [Fact]
    public async Task InsertRow_CancelledForAReasonThatStays_ThrowsAtOnce()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        cluster.Proxy.Fail(Transaction, Fault.Invalid);
        await Assert.ThrowsAsync<TransactionCanceledException>(() => cluster.Membership.InsertRowAsync(Silo(1), new TableVersion(1, "0"), None));
        Assert.Equal(1, cluster.Proxy.Count(Transaction));
    }

    [Theory]
    [InlineData(Fault.ReplyLost)]
    [InlineData(Fault.Throttled)]
    public async Task UpdateIAmAlive_FirstAttemptFails_IsWritten(Fault fault)
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1));
        MembershipEntry beat = Silo(1);
        beat.IAmAliveTime = Noon.AddMinutes(1);
        cluster.Proxy.Fail("UpdateItem", fault);
        await cluster.Membership.UpdateIAmAliveAsync(beat, None);
        Assert.Equal(beat.IAmAliveTime, (await cluster.ReadAsync()).Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task ReadRow_TransactionInTheWay_IsReadAgain()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1));
        cluster.Proxy.Fail("TransactGetItems", Fault.Conflict, Fault.Conflict);
        Assert.Single((await cluster.Membership.ReadRowAsync(Silo(1).SiloAddress, None)).Members);
    }

    [Fact]
    public async Task InitializeMembershipTable_ReplyOfTheVersionRowLost_Starts()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        DynamoDBMembershipTable table = cluster.Open(clusterId: $"{cluster.ClusterId}-b");
        cluster.Proxy.Fail("PutItem", Fault.ReplyLost);
        await table.InitializeMembershipTableAsync(true, None);
        Assert.Equal(0, (await table.ReadAllAsync(None)).Version.Version);
    }

    [Theory]
    [InlineData("ETag", "x")]
    [InlineData("ETag", null)]
    [InlineData("MembershipVersion", "1.5")]
    [InlineData("Port", null)]
    [InlineData("SiloStatus", "99999999999")]
    [InlineData("Address", "nowhere")]
    [InlineData("IAmAliveTime", "yesterday")]
    [InlineData("SuspectingSilos", "127.0.0.1:1@1|127.0.0.1:2@2")]
    public async Task ReadAll_RowIsCorrupt_NamesTheRowAndTheAttribute(string attribute, string? value)
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1));
        Dictionary<string, AttributeValue> item = Without(await ItemAsync(cluster, 1), attribute);
        if (value is not null)
        {
            item[attribute] = new AttributeValue(value);
        }

        await cluster.Rows.PutAsync(item);
        OrleansException fault = await Assert.ThrowsAnyAsync<OrleansException>(cluster.ReadAsync);
        Assert.Contains(MembershipKeys.Identity(Silo(1).SiloAddress), fault.Message, StringComparison.Ordinal);
        Assert.Contains(attribute == "SuspectingSilos" ? "SuspectingTimes" : attribute, fault.Message, StringComparison.Ordinal);
        await cluster.Membership.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, None);
    }

    [Fact]
    public async Task Reads_VersionRowIsMissing_SayThatTheClusterIs()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1));
        await cluster.Rows.DeleteAsync(MembershipKeys.Version(cluster.ClusterId));
        await Assert.ThrowsAsync<KeyNotFoundException>(cluster.ReadAsync);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cluster.Membership.ReadRowAsync(Silo(1).SiloAddress, None));
    }

    private static async Task<Dictionary<string, AttributeValue>> ItemAsync(MembershipFixture cluster, int number) =>
        (await cluster.Rows.GetAsync(cluster.ClusterId, MembershipKeys.Identity(Silo(number).SiloAddress)))!;

    private static Dictionary<string, AttributeValue> Without(Dictionary<string, AttributeValue> item, string attribute) =>
        item.Where(a => a.Key != attribute).ToDictionary(a => a.Key, a => a.Value);
}
