using System.Net;
using Grainwatch.DynamoDB.Tests.Support;
using Grainwatch.EndToEnd.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Grainwatch.DynamoDB.Tests.Cluster;

/// <summary>The real thing: two silos and a client that know each other by the table alone, with TCP between them.</summary>
[Collection(MotoCollection.Name)]
public sealed class TwoSiloTests(MotoServer server)
{
    private const string ClusterId = "two-silos";

    [Fact]
    public async Task Cluster_OfTwoSilosAndAClient_FormsKeepsStateAndLosesAMember()
    {
        await using DynamoProxy proxy = await DynamoProxy.StartAsync(server);
        using IHost first = await StartAsync(proxy);
        using IHost second = await StartAsync(proxy);
        using IHost client = Client(proxy);
        await client.StartAsync();
        IClusterClient grains = client.Services.GetRequiredService<IClusterClient>();
        IManagementGrain management = grains.GetGrain<IManagementGrain>(0);
        Assert.Equal(2, (await management.GetHosts(onlyActive: true)).Count);

        INoteGrain[] notes = [.. Enumerable.Range(0, 16).Select(n => grains.GetGrain<INoteGrain>($"note-{n}"))];
        Assert.All(await Task.WhenAll(notes.Select(n => n.Write(n.GetPrimaryKeyString()))), e => Assert.Equal("0", e));
        Assert.Equal(2, (await Task.WhenAll(notes.Select(n => n.Where()))).Distinct().Count());

        await second.StopAsync();
        Assert.Equal(notes.Select(n => n.GetPrimaryKeyString()), await Task.WhenAll(notes.Select(n => n.Read())));
        Assert.Single((await Task.WhenAll(notes.Select(n => n.Where()))).Distinct());
        Assert.Equal([SiloStatus.Active, SiloStatus.Dead], (await management.GetHosts()).Values.Order());
        await client.StopAsync();
        await first.StopAsync();
    }

    private static async Task<IHost> StartAsync(DynamoProxy proxy)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (ClusterId, "notes"))
            .ConfigureEndpoints(IPAddress.Loopback, Loopback.FreePort(), Loopback.FreePort())
            .UseDynamoDBClustering((DynamoDBClusteringOptions o) => o.Service = proxy.Url)
            .AddDynamoDBGrainStorageAsDefault((DynamoDBStorageOptions o) => (o.Service, o.ServiceId) = (proxy.Url, "notes")));
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static IHost Client(DynamoProxy proxy)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (ClusterId, "notes"))
            .UseDynamoDBClustering((DynamoDBGatewayOptions o) => o.Service = proxy.Url));
        return builder.Build();
    }
}
