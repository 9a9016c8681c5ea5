using System.Net;
using Grainwatch.DynamoDB.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>A cluster of its own in a table that all these tests share.</summary>
internal sealed class MembershipFixture : IAsyncDisposable
{
    public const string TableName = "OrleansSilos";

    private static int _clusters;
    private readonly List<DynamoDBMembershipTable> _tables = [];

    private MembershipFixture(DynamoProxy proxy)
    {
        Proxy = proxy;
        Rows = new Table(proxy.Url, TableName);
    }

    /// <summary>A moment to which others are relative, in whole seconds.</summary>
    public static DateTime Noon { get; } = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    public DynamoProxy Proxy { get; }

    public Table Rows { get; }

    public string ClusterId { get; } = $"cluster-{Interlocked.Increment(ref _clusters)}";

    public DynamoDBMembershipTable Membership { get; private set; } = null!;

    public static async Task<MembershipFixture> StartAsync(MotoServer server)
    {
        MembershipFixture fixture = new(await DynamoProxy.StartAsync(server));
        fixture.Membership = fixture.Open();
        await fixture.Membership.InitializeMembershipTableAsync(true, CancellationToken.None);
        return fixture;
    }

    /// <summary>Another silo's view of the same cluster, or the same one through another proxy.</summary>
    public DynamoDBMembershipTable Open(string? url = null, string? clusterId = null)
    {
        DynamoDBMembershipTable table = new(
            NullLoggerFactory.Instance,
            Options.Create(new DynamoDBClusteringOptions { Service = url ?? Proxy.Url, TableName = TableName }),
            Options.Create(new ClusterOptions { ClusterId = clusterId ?? ClusterId }));
        _tables.Add(table);
        return table;
    }

    public static MembershipEntry Silo(int number, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 20000 + number), 100 + number),
        Status = status,
        ProxyPort = 30000 + number,
        HostName = "host",
        SiloName = $"silo-{number}",
        StartTime = Noon,
        IAmAliveTime = Noon,
    };

    public async Task<MembershipTableData> InsertAsync(params MembershipEntry[] entries)
    {
        MembershipTableData data = await Membership.ReadAllAsync(CancellationToken.None);
        foreach (MembershipEntry entry in entries)
        {
            Assert.True(await Membership.InsertRowAsync(entry, data.Version.Next(), CancellationToken.None));
            data = await Membership.ReadAllAsync(CancellationToken.None);
        }

        return data;
    }

    public Task<MembershipTableData> ReadAsync() => Membership.ReadAllAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _tables.ForEach(t => t.Dispose());
        Rows.Dispose();
        await Proxy.DisposeAsync();
    }
}
