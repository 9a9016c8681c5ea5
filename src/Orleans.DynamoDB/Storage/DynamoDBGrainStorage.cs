using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.DynamoDB.Client;
using Orleans.DynamoDB.Tables;
using Orleans.Persistence.DynamoDB;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

/// <summary>Grain states in a DynamoDB table that the official package reads and writes as well: one item a state.</summary>
/// <remarks>Reads are strongly consistent; a write or a clear happens if the etag is that of the row, which then counts on.</remarks>
public sealed class DynamoDBGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Stands for whatever is stored.</summary>
    private const string AnyEtag = "*";

    private readonly string _name;
    private readonly DynamoDBStorageOptions _options;
    private readonly IActivatorProvider _activatorProvider;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private AmazonDynamoDBClient? _client;
    private AmazonDynamoDBClient? _oneAttempt;
    private StateTable? _table;

    /// <summary>As the official package has it: expiry is counted by the clock of the machine.</summary>
    public DynamoDBGrainStorage(
        string name, DynamoDBStorageOptions options, IActivatorProvider activatorProvider, ILogger<DynamoDBGrainStorage> logger)
        : this(name, options, activatorProvider, logger, WallClock.Instance)
    {
    }

    /// <param name="name">Of the storage.</param>
    /// <param name="options">Its table.</param>
    /// <param name="activatorProvider">Makes the state that a grain has before it has one.</param>
    /// <param name="logger">Hears of its start.</param>
    /// <param name="time">Counts the expiry of rows.</param>
    internal DynamoDBGrainStorage(
        string name,
        DynamoDBStorageOptions options,
        IActivatorProvider activatorProvider,
        ILogger<DynamoDBGrainStorage> logger,
        TimeProvider time) =>
        (_name, _options, _activatorProvider, _logger, _time) = (name, options, activatorProvider, logger, time);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(OptionFormattingUtilities.Name<DynamoDBGrainStorage>(_name), _options.InitStage, Init, Close);
    }

    /// <summary>Makes the table ready.</summary>
    public async Task Init(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ClientSettings settings = new(_options.Service, _options.AccessKey, _options.SecretKey, _options.Token, _options.ProfileName);
        _client ??= ClientFactory.Create(settings);
        _oneAttempt ??= ClientFactory.CreateForOneAttempt(settings);
        TableSettings table = new(
            _options.TableName,
            StateAttributes.GrainReference,
            StateAttributes.GrainType,
            _options.UseProvisionedThroughput ? (_options.ReadCapacityUnits, _options.WriteCapacityUnits) : null,
            _options.CreateIfNotExists,
            _options.UpdateIfExists,
            _options.TimeToLive is null ? null : StateAttributes.Expiry);
        await new TableSetup(_client, table, _logger).RunAsync(ct);
        _table = new StateTable(_client, _oneAttempt, _options.TableName);
    }

    /// <summary>Lets go of the connections.</summary>
    public Task Close(CancellationToken ct)
    {
        _client?.Dispose();
        _oneAttempt?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        cancellationToken.ThrowIfCancellationRequested();
        StateRow? row = await Table.ReadAsync(Key(stateName, grainId), cancellationToken);
        T? stored = row?.Body is { } body ? _options.GrainStorageSerializer.Deserialize<T>(new BinaryData(body)) : default;
        grainState.State = stored is null || row?.Body is null ? New<T>() : stored;
        grainState.ETag = row is null ? null! : StateRow.Text(row.Etag);
        grainState.RecordExists = row?.Body is not null;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        cancellationToken.ThrowIfCancellationRequested();
        StateKey key = Key(stateName, grainId);
        byte[] body = _options.GrainStorageSerializer.Serialize(grainState.State).ToArray();
        grainState.ETag = await ChangeAsync(key, grainState.ETag, body, FirstEtag, cancellationToken);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        cancellationToken.ThrowIfCancellationRequested();
        StateKey key = Key(stateName, grainId);
        grainState.ETag = _options.DeleteStateOnClear
            ? await DeleteAsync(key, grainState.ETag, cancellationToken)
            : await ChangeAsync(key, grainState.ETag, null, 1, cancellationToken);
        grainState.State = New<T>();
        grainState.RecordExists = false;
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>
    /// Of a row that is new. Where rows go away, by a clear or with time, a count from zero would come by the same number again, and
    /// an activation that missed both would overwrite what it never read.
    /// </summary>
    private int FirstEtag =>
        _options.DeleteStateOnClear || _options.TimeToLive is not null ? RandomNumberGenerator.GetInt32(int.MaxValue / 2) : 0;

    private StateTable Table =>
        _table ?? throw new InvalidOperationException($"the grain storage '{_name}' is used before it was initialized");

    private StateKey Key(string stateName, GrainId grainId) => StateKey.Of(_options.ServiceId, stateName, grainId);

    private T New<T>() => _activatorProvider.GetActivator<T>().Create();

    private async Task<string> ChangeAsync(StateKey key, string? etag, byte[]? body, int firstEtag, CancellationToken cancellationToken)
    {
        int? expected = await ExpectedAsync(key, etag, cancellationToken);
        StateRow row = new(expected is { } number ? checked(number + 1) : firstEtag, body);
        try
        {
            await Table.WriteAsync(key, expected, row, _time.GetUtcNow() + _options.TimeToLive, cancellationToken);
            return StateRow.Text(row.Etag);
        }
        catch (StateConflictException conflict)
        {
            throw Inconsistent(key, etag, conflict.Stored, conflict.InnerException);
        }
    }

    private async Task<string> DeleteAsync(StateKey key, string? etag, CancellationToken cancellationToken)
    {
        int? expected = await ExpectedAsync(key, etag, cancellationToken);
        try
        {
            await Table.DeleteAsync(key, expected, cancellationToken);
            return null!;
        }
        catch (StateConflictException conflict)
        {
            throw Inconsistent(key, etag, conflict.Stored, conflict.InnerException);
        }
    }

    /// <summary>The number that the row must have; null: there must be no row.</summary>
    private async Task<int?> ExpectedAsync(StateKey key, string? etag, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(etag))
        {
            return null;
        }

        if (etag == AnyEtag)
        {
            return (await Table.ReadAsync(key, cancellationToken))?.Etag;
        }

        return int.TryParse(etag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
            : throw Inconsistent(key, etag, null, null);
    }

    private static InconsistentStateException Inconsistent(StateKey key, string? etag, string? stored, Exception? cause) =>
        new($"{key.State} of {key.Grain} was written by somebody else", stored ?? "none", etag ?? "none", cause!);
}
