using Amazon.DynamoDBv2.Model;
using Grainwatch.DynamoDB.Tests.Support;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Runtime;
using static Grainwatch.DynamoDB.Tests.Clustering.MembershipFixture;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>What Orleans asks of a membership table.</summary>
[Collection(MotoCollection.Name)]
public sealed class MembershipTableTests(MotoServer server)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task ReadAll_NewCluster_IsEmptyAtVersionZero()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Empty(data.Members);
        Assert.Equal(0, data.Version.Version);
        Assert.Equal("0", data.Version.VersionEtag);
    }

    [Fact]
    public async Task InsertRow_CurrentVersion_IsThereWithEveryField()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipEntry entry = Silo(1);
        entry.AddSuspector(Silo(2).SiloAddress, Noon.AddMilliseconds(123));
        MembershipTableData data = await cluster.InsertAsync(entry);
        Assert.Equal(1, data.Version.Version);
        Assert.Equal("1", data.Version.VersionEtag);
        MembershipEntry read = Assert.Single(data.Members).Item1;
        Assert.Equal(entry.ToFullString(), read.ToFullString());
        Assert.Equal(DateTimeKind.Utc, read.IAmAliveTime.Kind);
        MembershipTableData row = await cluster.Membership.ReadRowAsync(entry.SiloAddress, None);
        Assert.Equal(entry.ToFullString(), Assert.Single(row.Members).Item1.ToFullString());
        Assert.Equal(data.Version, row.Version);
        Assert.Empty((await cluster.Membership.ReadRowAsync(Silo(3).SiloAddress, None)).Members);
    }

    [Fact]
    public async Task InsertRow_SiloIsThereOrVersionIsOld_ChangesNothing()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        TableVersion old = (await cluster.ReadAsync()).Version;
        MembershipTableData data = await cluster.InsertAsync(Silo(1));
        Assert.False(await cluster.Membership.InsertRowAsync(Silo(1, SiloStatus.Dead), data.Version.Next(), None));
        Assert.False(await cluster.Membership.InsertRowAsync(Silo(2), old.Next(), None));
        Assert.False(await cluster.Membership.InsertRowAsync(Silo(2), new TableVersion(2, "no number"), None));
        await AssertSameAsync(data, cluster);
    }

    [Fact]
    public async Task UpdateRow_AnyTokenIsOldOrRowIsMissing_ChangesNothing()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData first = await cluster.InsertAsync(Silo(1, SiloStatus.Joining));
        string rowEtag = first.Members[0].Item2;
        Assert.True(await cluster.Membership.UpdateRowAsync(Silo(1), rowEtag, first.Version.Next(), None));
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Equal(2, data.Version.Version);
        Assert.Equal(SiloStatus.Active, data.Members[0].Item1.Status);
        Assert.False(await cluster.Membership.UpdateRowAsync(Silo(1, SiloStatus.Dead), rowEtag, data.Version.Next(), None));
        Assert.False(await cluster.Membership.UpdateRowAsync(Silo(1, SiloStatus.Dead), data.Members[0].Item2, first.Version.Next(), None));
        Assert.False(await cluster.Membership.UpdateRowAsync(Silo(1, SiloStatus.Dead), "no number", data.Version.Next(), None));
        Assert.False(await cluster.Membership.UpdateRowAsync(Silo(9), data.Members[0].Item2, data.Version.Next(), None));
        await AssertSameAsync(data, cluster);
    }

    [Fact]
    public async Task UpdateRow_VersionNotAboveTheTable_ChangesNothing()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.InsertAsync(Silo(1), Silo(2));
        TableVersion back = new(1, data.Version.VersionEtag);
        Assert.False(await cluster.Membership.UpdateRowAsync(Silo(1, SiloStatus.Dead), data.TryGet(Silo(1).SiloAddress)!.Item2, back, None));
        await AssertSameAsync(data, cluster);
    }

    [Fact]
    public async Task UpdateRow_VotesTakenBack_LeavesNoneInTheRow()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipEntry entry = Silo(1);
        entry.AddSuspector(Silo(2).SiloAddress, Noon);
        MembershipTableData data = await cluster.InsertAsync(entry);
        Assert.Single(data.Members[0].Item1.SuspectTimes!);
        Assert.True(await cluster.Membership.UpdateRowAsync(Silo(1), data.Members[0].Item2, data.Version.Next(), None));
        Assert.Null((await cluster.ReadAsync()).Members[0].Item1.SuspectTimes);
    }

    [Fact]
    public async Task UpdateIAmAlive_WritesOneAttributeAlone()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData before = await cluster.InsertAsync(Silo(1));
        Dictionary<string, AttributeValue> item = await ItemAsync(cluster, Silo(1));
        MembershipEntry beat = new() { SiloAddress = Silo(1).SiloAddress, IAmAliveTime = Noon.AddSeconds(5) };
        await cluster.Membership.UpdateIAmAliveAsync(beat, None);
        Dictionary<string, AttributeValue> after = await ItemAsync(cluster, Silo(1));
        Assert.Equal("2026-11-24 12:00:05.000 GMT", after["IAmAliveTime"].S);
        Assert.Equal(item.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(item.Where(a => a.Key != "IAmAliveTime"), a => Assert.Equal(a.Value.S ?? a.Value.N, after[a.Key].S ?? after[a.Key].N));
        Assert.Equal(before.Version, (await cluster.ReadAsync()).Version);
        Assert.True(await cluster.Membership.UpdateRowAsync(Silo(1, SiloStatus.Dead), before.Members[0].Item2, before.Version.Next(), None));
    }

    [Fact]
    public async Task UpdateIAmAlive_RowIsGone_DoesNotBringItBack()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.Membership.UpdateIAmAliveAsync(Silo(1), None);
        Assert.Empty((await cluster.ReadAsync()).Members);
        await cluster.Rows.DeleteAsync(MembershipKeys.Version(cluster.ClusterId));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cluster.Membership.UpdateIAmAliveAsync(Silo(1), None));
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_RemovesSilosThatAreDeadForLongAlone()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        DateTime old = Noon.AddDays(-10);
        DateTimeOffset limit = new(Noon.AddDays(-7));
        List<MembershipEntry> entries = [];
        foreach (SiloStatus status in Enum.GetValues<SiloStatus>())
        {
            entries.Add(Silo(entries.Count, status));
            (entries[^1].StartTime, entries[^1].IAmAliveTime) = (old, old);
        }

        MembershipEntry beat = Silo(20, SiloStatus.Dead), started = Silo(21, SiloStatus.Dead), voted = Silo(22, SiloStatus.Dead), onTheLimit = Silo(23, SiloStatus.Dead);
        (beat.StartTime, beat.IAmAliveTime) = (old, Noon);
        (started.StartTime, started.IAmAliveTime) = (Noon, old);
        (voted.StartTime, voted.IAmAliveTime) = (old, old);
        voted.AddSuspector(Silo(1).SiloAddress, Noon);
        (onTheLimit.StartTime, onTheLimit.IAmAliveTime) = (old, limit.UtcDateTime);
        MembershipTableData before = await cluster.InsertAsync([.. entries, beat, started, voted, onTheLimit]);
        await cluster.Membership.CleanupDefunctSiloEntriesAsync(limit, None);
        MembershipTableData after = await cluster.ReadAsync();
        MembershipEntry removed = Assert.Single(before.Members.Select(m => m.Item1), e => after.TryGet(e.SiloAddress) is null);
        Assert.Equal((SiloStatus.Dead, old), (removed.Status, removed.IAmAliveTime));
        Assert.Equal(before.Version, after.Version);
        await cluster.Membership.CleanupDefunctSiloEntriesAsync(limit.AddTicks(1), None);
        Assert.Null((await cluster.ReadAsync()).TryGet(onTheLimit.SiloAddress));
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_RowChangesInBetween_IsKept()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipEntry dead = Silo(1, SiloStatus.Dead);
        await cluster.InsertAsync(dead);
        dead.IAmAliveTime = Noon.AddDays(1);
        cluster.Proxy.Before("DeleteItem", () => cluster.Membership.UpdateIAmAliveAsync(dead, None));
        await cluster.Membership.CleanupDefunctSiloEntriesAsync(Noon.AddHours(1), None);
        Assert.Single((await cluster.ReadAsync()).Members);
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_LastChangeWasThatDeath_CanBeReadAfterwards()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1), Silo(2, SiloStatus.Dead));
        await cluster.Membership.CleanupDefunctSiloEntriesAsync(Noon.AddHours(1), None);
        int queries = cluster.Proxy.Count("Query");
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Single(data.Members);
        Assert.Equal(2, data.Version.Version);
        Assert.Equal(1, cluster.Proxy.Count("Query") - queries);
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_RemovesThatClusterAlone()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        string otherId = $"{cluster.ClusterId}-other";
        DynamoDBMembershipTable other = cluster.Open(clusterId: otherId);
        await other.InitializeMembershipTableAsync(true, None);
        Assert.True(await other.InsertRowAsync(Silo(1), (await other.ReadAllAsync(None)).Version.Next(), None));
        for (int number = 0; number < 30; number++)
        {
            await cluster.Rows.PutAsync(SiloRow.Write(cluster.ClusterId, Silo(number), 0, 0, "x"));
        }

        cluster.Proxy.PageRows = 7;
        await cluster.Membership.DeleteMembershipTableEntriesAsync(cluster.ClusterId, None);
        Assert.DoesNotContain(await cluster.Rows.AllAsync(), i => i["DeploymentId"].S == cluster.ClusterId);
        Assert.Single((await other.ReadAllAsync(None)).Members);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cluster.ReadAsync());
    }

    [Fact]
    public async Task ReadAll_SeveralPages_HasEverySilo()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync([.. Enumerable.Range(1, 7).Select(n => Silo(n))]);
        cluster.Proxy.PageRows = 3;
        Assert.Equal(7, (await cluster.ReadAsync()).Members.Count);
    }

    [Fact]
    public async Task InitializeMembershipTable_OnALivingCluster_ChangesNothing()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.InsertAsync(Silo(1));
        await cluster.Open().InitializeMembershipTableAsync(true, None);
        await cluster.Open().InitializeMembershipTableAsync(false, None);
        await AssertSameAsync(data, cluster);
    }

    [Fact]
    public async Task EveryOperation_CancelledBefore_AsksNothing()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        int asked = cluster.Proxy.CountAll;
        CancellationToken cancelled = new(canceled: true);
        IMembershipTable table = cluster.Membership;
        TableVersion version = new(1, "0");
        List<Func<Task>> operations =
        [
            () => table.InitializeMembershipTableAsync(true, cancelled),
            () => table.DeleteMembershipTableEntriesAsync(cluster.ClusterId, cancelled),
            () => table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, cancelled),
            () => table.ReadRowAsync(Silo(1).SiloAddress, cancelled),
            () => table.ReadAllAsync(cancelled),
            () => table.InsertRowAsync(Silo(1), version, cancelled),
            () => table.UpdateRowAsync(Silo(1), "0", version, cancelled),
            () => table.UpdateIAmAliveAsync(Silo(1), cancelled),
        ];
        foreach (Func<Task> operation in operations)
        {
            Assert.Equal(cancelled, (await Assert.ThrowsAnyAsync<OperationCanceledException>(operation)).CancellationToken);
        }

        Assert.Equal(asked, cluster.Proxy.CountAll);
    }

    private static async Task<Dictionary<string, AttributeValue>> ItemAsync(MembershipFixture cluster, MembershipEntry entry) =>
        (await cluster.Rows.GetAsync(cluster.ClusterId, MembershipKeys.Identity(entry.SiloAddress)))!;

    private static async Task AssertSameAsync(MembershipTableData expected, MembershipFixture cluster)
    {
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Equal(expected.Version, data.Version);
        Assert.Equal(expected.Members.Select(m => (m.Item1.ToFullString(), m.Item2)), data.Members.Select(m => (m.Item1.ToFullString(), m.Item2)));
    }
}
