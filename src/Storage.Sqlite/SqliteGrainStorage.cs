using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grainwatch.Storage.Sqlite;

/// <summary>Grain storage on a <see cref="SqliteStore"/>: every write is conditional on the etag that was read.</summary>
public sealed class SqliteGrainStorage(SqliteStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        StateRow? row = store.Read(StateKey.Of(stateName, grainId));
        grainState.State = row is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(new BinaryData(row.Body));
        grainState.ETag = row is null ? null! : Text(row.Etag);
        grainState.RecordExists = row is not null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        StateKey key = StateKey.Of(stateName, grainId);
        byte[] body = serializer.Serialize(grainState.State).ToArray();
        grainState.ETag = Text(await ChangeAsync(key, grainState.ETag, body));
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        StateKey key = StateKey.Of(stateName, grainId);
        if (grainState.ETag is not null || store.Read(key) is not null)
        {
            await ChangeAsync(key, grainState.ETag, null);
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
    }

    private async Task<long> ChangeAsync(StateKey key, string? etag, byte[]? body)
    {
        long? expected = etag is null ? null : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
        return await store.WriteAsync(new StateWrite(key, expected, body)) ?? throw new InconsistentStateException(
            $"{key.Name} of {key.Grain} was written by somebody else",
            store.Read(key) is { } row ? Text(row.Etag) : "none",
            etag ?? "none");
    }

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
