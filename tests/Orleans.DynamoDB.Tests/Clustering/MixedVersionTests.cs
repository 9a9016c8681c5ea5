using Amazon.DynamoDBv2.Model;
using Grainwatch.DynamoDB.Tests.Support;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Runtime;
using static Grainwatch.DynamoDB.Tests.Clustering.MembershipFixture;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>Silos with the official package are in the same cluster. Their writes are made here as that package makes them.</summary>
[Collection(MotoCollection.Name)]
public sealed class MixedVersionTests(MotoServer server)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Rows_OfTheOfficialPackage_AreReadChangedAndCleanedUp()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await OfficialInsertAsync(cluster, 1, version: 1, etag: 0, SiloStatus.Active);
        MembershipTableData data = await cluster.ReadAsync();
        MembershipEntry entry = Assert.Single(data.Members).Item1;
        Assert.Equal((Silo(1).ToFullString(), "0", 1), (entry.ToFullString(), data.Members[0].Item2, data.Version.Version));
        entry.Status = SiloStatus.Dead;
        Assert.True(await cluster.Membership.UpdateRowAsync(entry, "0", data.Version.Next(), None));
        await cluster.Membership.UpdateIAmAliveAsync(entry, None);
        await cluster.Membership.CleanupDefunctSiloEntriesAsync(Noon.AddHours(1), None);
        Assert.Empty((await cluster.ReadAsync()).Members);
    }

    [Fact]
    public async Task Versions_MadeInTurn_CountOnAndEachSeesTheOther()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1));
        await OfficialInsertAsync(cluster, 2, version: 2, etag: 1, SiloStatus.Active);
        MembershipTableData data = await cluster.InsertAsync(Silo(3));
        Assert.Equal((3, "3", 3), (data.Version.Version, data.Version.VersionEtag, data.Members.Count));
        await OfficialInsertAsync(cluster, 4, version: 4, etag: 3, SiloStatus.Joining);
        Assert.Equal((4, 4), ((await cluster.ReadAsync()).Version.Version, (await cluster.ReadAsync()).Members.Count));
    }

    [Fact]
    public async Task Rows_OfOurs_HaveEverythingThatTheOfficialPackageReads()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipEntry entry = Silo(1);
        entry.AddSuspector(Silo(2).SiloAddress, Noon);
        entry.AddSuspector(Silo(3).SiloAddress, Noon.AddSeconds(1));
        await cluster.InsertAsync(entry);
        Dictionary<string, AttributeValue> row = (await cluster.Rows.GetAsync(cluster.ClusterId, "127.0.0.1-20001-101"))!;
        Dictionary<string, string> expected = new()
        {
            ["DeploymentId"] = cluster.ClusterId, ["SiloIdentity"] = "127.0.0.1-20001-101", ["Address"] = "127.0.0.1", ["HostName"] = "host", ["SiloName"] = "silo-1",
            ["Port"] = "20001", ["Generation"] = "101", ["SiloStatus"] = "3", ["ProxyPort"] = "30001", ["ETag"] = "0", ["MembershipVersion"] = "1",
            ["StartTime"] = "2026-11-24 12:00:00.000 GMT", ["IAmAliveTime"] = "2026-11-24 12:00:00.000 GMT",
            ["SuspectingSilos"] = "127.0.0.1:20002@102|127.0.0.1:20003@103",
            ["SuspectingTimes"] = "2026-11-24 12:00:00.000 GMT|2026-11-24 12:00:01.000 GMT",
        };
        Assert.All(expected, e => Assert.Equal(e.Value, row[e.Key].S ?? row[e.Key].N));
        Dictionary<string, AttributeValue> version = (await cluster.Rows.GetAsync(cluster.ClusterId, "VersionRow"))!;
        Assert.Equal(("1", "1", "0", "0", "0", "0"), (version["MembershipVersion"].N, version["ETag"].N, version["Port"].N, version["Generation"].N, version["SiloStatus"].N, version["ProxyPort"].N));
    }

    private static async Task OfficialInsertAsync(MembershipFixture cluster, int number, int version, int etag, SiloStatus status)
    {
        Dictionary<string, AttributeValue> row = SiloRow.Write(cluster.ClusterId, Silo(number, status), 0, version, "theirs has none");
        row.Remove("WriteId");
        Update advance = new()
        {
            TableName = TableName,
            Key = MembershipKeys.Version(cluster.ClusterId),
            UpdateExpression = "SET MembershipVersion = :version, ETag = :next, Port = :zero, Generation = :zero, SiloStatus = :zero, ProxyPort = :zero",
            ConditionExpression = "ETag = :currentETag",
            ExpressionAttributeValues = new()
            {
                [":version"] = Numbers.Value(version),
                [":next"] = Numbers.Value(etag + 1),
                [":zero"] = Numbers.Value(0),
                [":currentETag"] = Numbers.Value(etag),
            },
        };
        await cluster.Rows.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems = [new() { Put = new Put { TableName = TableName, Item = row, ConditionExpression = "attribute_not_exists(SiloIdentity)" } }, new() { Update = advance }],
        });
    }
}
