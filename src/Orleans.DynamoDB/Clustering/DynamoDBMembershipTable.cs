using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.DynamoDB.Client;
using Orleans.DynamoDB.Tables;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>The members of one cluster in a DynamoDB table that the official package reads and writes as well.</summary>
/// <remarks>A silo is an item, the version is one more; every change is a transaction over both. See docs/decisions/0011.</remarks>
public sealed class DynamoDBMembershipTable(
    ILoggerFactory loggerFactory,
    IOptions<DynamoDBClusteringOptions> clusteringOptions,
    IOptions<ClusterOptions> clusterOptions) : IMembershipTable, IDisposable
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<DynamoDBMembershipTable>();
    private readonly DynamoDBClusteringOptions _options = clusteringOptions.Value;
    private readonly string _clusterId = clusterOptions.Value.ClusterId;
    private readonly Lock _lock = new();
    private AmazonDynamoDBClient? _client;
    private bool _disposed;

    /// <inheritdoc/>
    public async Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AmazonDynamoDBClient client = Client;
        await new TableSetup(client, _options.Table(), _logger).RunAsync(cancellationToken);
        if (tryInitTableVersion)
        {
            await CreateVersionAsync(client, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken) =>
        RunAsync(t => Cleaner.DeleteAsync(clusterId, t), cancellationToken);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken) =>
        RunAsync(t => Cleaner.CleanAsync(beforeDate, t), cancellationToken);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken) =>
        RunAsync(t => Reader.ReadRowAsync(key, t), cancellationToken);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken) =>
        RunAsync(t => Reader.ReadAllAsync(t), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) =>
        RunAsync(t => Writer.InsertAsync(entry, tableVersion, t), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken) =>
        RunAsync(t => Writer.UpdateAsync(entry, etag, tableVersion, t), cancellationToken);

    /// <inheritdoc/>
    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) =>
        RunAsync(t => Heartbeat.WriteAsync(entry, t), cancellationToken);

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        InsertRowAsync(entry, tableVersion, CancellationToken.None);

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _client?.Dispose();
        }
    }

    /// <summary>Made when it is first needed, since making one may read files and the environment.</summary>
    private AmazonDynamoDBClient Client
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _client ??= ClientFactory.Create(_options.Client());
            }
        }
    }

    private MembershipReader Reader => new(Client, _options.TableName, _clusterId);

    private MembershipWriter Writer => new(Client, _options.TableName, _clusterId, _logger);

    private MembershipHeartbeat Heartbeat => new(Client, _options.TableName, _clusterId, Reader, _logger);

    private MembershipCleaner Cleaner => new(Client, _options.TableName, _clusterId, _logger);

    private static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return operation(cancellationToken);
    }

    private static Task RunAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return operation(cancellationToken);
    }

    private async Task CreateVersionAsync(AmazonDynamoDBClient client, CancellationToken cancellationToken)
    {
        PutItemRequest request = new()
        {
            TableName = _options.TableName,
            Item = VersionRow.First(_clusterId),
            ConditionExpression = $"attribute_not_exists({MembershipAttributes.SiloIdentity})",
        };
        try
        {
            await Patience.RunAsync(t => client.PutItemAsync(request, t), cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // The cluster is older than this silo, or another one that starts was faster.
        }
    }
}
