using Amazon.DynamoDBv2.Model;
using Grainwatch.DynamoDB.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Configuration;
using Orleans.Runtime;
using static Grainwatch.DynamoDB.Tests.Clustering.MembershipFixture;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>What a client is told.</summary>
[Collection(MotoCollection.Name)]
public sealed class GatewayListTests(MotoServer server)
{
    [Fact]
    public async Task GetGateways_MixedCluster_AreActiveSilosWithAGatewayPort()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        MembershipEntry noGateway = Silo(1);
        noGateway.ProxyPort = 0;
        await cluster.InsertAsync(noGateway, Silo(2), Silo(3, SiloStatus.Joining), Silo(4, SiloStatus.Dead), Silo(5, SiloStatus.ShuttingDown), Silo(6));
        DynamoDBMembershipTable other = cluster.Open(clusterId: $"{cluster.ClusterId}-other");
        await other.InitializeMembershipTableAsync(true, CancellationToken.None);
        Assert.True(await other.InsertRowAsync(Silo(7), new TableVersion(1, "0"), CancellationToken.None));
        cluster.Proxy.PageRows = 2;
        using DynamoDBGatewayListProvider provider = await ProviderAsync(cluster);
        Assert.Equal([Uri(2), Uri(6)], (await provider.GetGatewaysAsync(CancellationToken.None)).Order(Comparer<Uri>.Create((a, b) => a.Port - b.Port)));
        Assert.True(provider.IsUpdatable);
        Assert.Equal(TimeSpan.FromSeconds(7), provider.MaxStaleness);
        Assert.Equal(0, cluster.Proxy.Count("Scan"));
    }

    [Fact]
    public async Task GetGateways_OneRowIsCorrupt_TellsTheOthers()
    {
        await using MembershipFixture cluster = await MembershipFixture.StartAsync(server);
        await cluster.InsertAsync(Silo(1), Silo(2));
        Dictionary<string, AttributeValue> item = (await cluster.Rows.GetAsync(cluster.ClusterId, MembershipKeys.Identity(Silo(1).SiloAddress)))!;
        item["Address"] = new AttributeValue("nowhere");
        await cluster.Rows.PutAsync(item);
        using DynamoDBGatewayListProvider provider = await ProviderAsync(cluster);
        Assert.Equal([Uri(2)], await provider.GetGatewaysAsync(CancellationToken.None));
    }

    private static Uri Uri(int number) => SiloAddress.New(Silo(number).SiloAddress.Endpoint.Address, Silo(number).ProxyPort, Silo(number).SiloAddress.Generation).ToGatewayUri();

    private static async Task<DynamoDBGatewayListProvider> ProviderAsync(MembershipFixture cluster)
    {
        DynamoDBGatewayListProvider provider = new(
            NullLogger<DynamoDBGatewayListProvider>.Instance,
            Options.Create(new DynamoDBGatewayOptions { Service = cluster.Proxy.Url, TableName = TableName }),
            Options.Create(new ClusterOptions { ClusterId = cluster.ClusterId }),
            Options.Create(new GatewayOptions { GatewayListRefreshPeriod = TimeSpan.FromSeconds(7) }));
        await provider.InitializeGatewayListProviderAsync(CancellationToken.None);
        return provider;
    }
}
