using System.Collections.Concurrent;
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
    private readonly ConcurrentBag<DynamoDBMembershipTable> _tables = [];

    private readonly ConcurrentBag<DynamoProxy> _ways = [];
    private readonly MotoServer _server;

    private MembershipFixture(MotoServer server, DynamoProxy proxy)
    {
        _server = server;
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
        MembershipFixture fixture = new(server, await DynamoProxy.StartAsync(server));
        fixture.Membership = fixture.Open();
        await fixture.Membership.InitializeMembershipTableAsync(true, CancellationToken.None);
        return fixture;
    }

    /// <summary>Another view of the same cluster from this process.</summary>
    public DynamoDBMembershipTable Open(string? url = null, string? clusterId = null)
    {
        DynamoDBMembershipTable table = new(
            NullLoggerFactory.Instance,
            Options.Create(new DynamoDBClusteringOptions { Service = url ?? Proxy.Url, TableName = TableName }),
            Options.Create(new ClusterOptions { ClusterId = clusterId ?? ClusterId }));
        _tables.Add(table);
        return table;
    }

    /// <summary>The view of a silo in another process: it has a way of its own to the table, and takes no turns with this one.</summary>
    public async Task<DynamoDBMembershipTable> OpenElsewhereAsync()
    {
        DynamoProxy way = await DynamoProxy.StartAsync(_server);
        _ways.Add(way);
        return Open(way.Url);
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
        foreach (DynamoDBMembershipTable table in _tables)
        {
            table.Dispose();
        }

        Rows.Dispose();
        foreach (DynamoProxy way in _ways)
        {
            await way.DisposeAsync();
        }

        await Proxy.DisposeAsync();
    }
}
