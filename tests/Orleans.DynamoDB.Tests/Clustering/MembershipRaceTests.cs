using Grainwatch.DynamoDB.Tests.Support;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Runtime;
using static Grainwatch.DynamoDB.Tests.Clustering.MembershipFixture;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>Several silos write at once.</summary>
[Collection(MotoCollection.Name)]
public sealed class MembershipRaceTests(MotoServer server)
{
    private const int Writers = 8;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task InsertRow_EightSilosFromOneVersion_OneGetsIn()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        TableVersion version = (await cluster.ReadAsync()).Version.Next();
        DynamoDBMembershipTable[] silos = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => cluster.OpenElsewhereAsync()));
        bool[] results = await Task.WhenAll(silos.Select((s, n) => s.InsertRowAsync(Silo(n), version, None)));
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Equal(Array.IndexOf(results, true), Assert.Single(data.Members).Item1.ProxyPort - 30000);
        Assert.Single(results, r => r);
        Assert.Equal(1, data.Version.Version);
    }

    [Fact]
    public async Task InsertRow_OneSiloEightTimes_IsInsertedOnce()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        TableVersion version = (await cluster.ReadAsync()).Version.Next();
        bool[] results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => cluster.Membership.InsertRowAsync(Silo(1), version, None)));
        Assert.Single(results, r => r);
        Assert.Single((await cluster.ReadAsync()).Members);
    }

    [Fact]
    public async Task InsertRow_EightSilosOfOneProcess_SendOneTransaction()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        TableVersion version = (await cluster.ReadAsync()).Version.Next();
        bool[] results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => cluster.Open().InsertRowAsync(Silo(n), version, None)));
        Assert.Single(results, r => r);
        Assert.Equal(1, cluster.Proxy.Count("TransactWriteItems"));
    }

    [Fact]
    public async Task UpdateRow_EightWritersUntilEachGotThrough_LosesNoneAndCountsEach()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync([.. Enumerable.Range(0, Writers).Select(n => Silo(n, SiloStatus.Joining))]);
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(60));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async n => await ActivateAsync(await cluster.OpenElsewhereAsync(), n, end.Token)));
        MembershipTableData data = await cluster.ReadAsync();
        Assert.Equal(2 * Writers, data.Version.Version);
        Assert.All(data.Members, m => Assert.Equal(SiloStatus.Active, m.Item1.Status));
    }

    [Fact]
    public async Task ReadAll_WhileOthersWrite_NeverGoesBackAndIsNeverTorn()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync([.. Enumerable.Range(0, 4).Select(n => Silo(n, SiloStatus.Joining))]);
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(60));
        Task writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async n => await ActivateAsync(await cluster.OpenElsewhereAsync(), n, end.Token)));
        List<MembershipTableData> seen = [];
        while (!writing.IsCompleted)
        {
            seen.Add(await cluster.ReadAsync());
        }

        await writing;
        seen.Add(await cluster.ReadAsync());
        Assert.Equal(seen.Select(s => s.Version.Version).Order(), seen.Select(s => s.Version.Version));
        // Each change makes one silo active, so the version tells how many are: a torn view has another number.
        Assert.All(seen, s => Assert.Equal(s.Version.Version - 4, s.Members.Count(m => m.Item1.Status == SiloStatus.Active)));
        Assert.Equal(8, seen[^1].Version.Version);
    }

    [Fact]
    public async Task ReadAll_ChangeBetweenVersionAndRows_IsReadAgain()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipTableData data = await cluster.InsertAsync(Silo(1));
        DynamoDBMembershipTable other = await cluster.OpenElsewhereAsync();
        cluster.Proxy.Before("Query", async () => Assert.True(await other.InsertRowAsync(Silo(2), data.Version.Next(), None)));
        int queries = cluster.Proxy.Count("Query");
        MembershipTableData read = await cluster.ReadAsync();
        Assert.Equal((2, 2), (read.Version.Version, read.Members.Count));
        Assert.Equal(2, cluster.Proxy.Count("Query") - queries);
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_TwoSilosAtOnce_IsFine()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1), Silo(2, SiloStatus.Dead), Silo(3, SiloStatus.Dead));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => cluster.Open().CleanupDefunctSiloEntriesAsync(Noon.AddDays(1), None)));
        Assert.Single((await cluster.ReadAsync()).Members);
    }

    [Fact]
    public async Task InitializeMembershipTable_EightSilosOnANewTable_AllStart()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.Rows.Client.DeleteTableAsync(TableName);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => cluster.Open().InitializeMembershipTableAsync(true, None)));
        Assert.Equal(0, (await cluster.ReadAsync()).Version.Version);
    }

    private static async Task ActivateAsync(DynamoDBMembershipTable table, int number, CancellationToken end)
    {
        while (true)
        {
            MembershipTableData data = await table.ReadAllAsync(end);
            (MembershipEntry entry, string etag) = data.TryGet(Silo(number).SiloAddress)!;
            entry.Status = SiloStatus.Active;
            if (await table.UpdateRowAsync(entry, etag, data.Version.Next(), end))
            {
                return;
            }
        }
    }
}
