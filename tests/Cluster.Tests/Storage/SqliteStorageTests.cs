using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Storage.Sqlite;
using Grainwatch.Storage.Sqlite.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grainwatch.Cluster.Tests.Storage;

public sealed class SqliteStorageTests : GrainStorageConformance, IClassFixture<ClusterFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-store").FullName;
    private readonly IGrainStorageSerializer _serializer;
    private SqliteStore _store;

    public SqliteStorageTests(ClusterFixture fixture)
    {
        _serializer = fixture.Cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainStorageSerializer>();
        _store = SqliteStore.Open(_folder);
    }

    private protected override IGrainStorage Storage => new SqliteGrainStorage(_store, _serializer);

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Open_AfterClosing_FindsWhatWasWrittenAndItsEtag()
    {
        GrainId grain = NewGrain();
        string etag = (await WriteAsync(grain, null, 5)).ETag!;
        Reopen();
        Assert.Equal(5, (await ReadAsync(grain)).State!.Number);
        await WriteAsync(grain, etag, 6);
        Assert.Equal(6, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Write_AfterClearingAndReopening_NeverUsesAnEtagAgain()
    {
        GrainId grain = NewGrain();
        IGrainState<StoredThing> state = await WriteAsync(grain, null, 1);
        string old = state.ETag!;
        await Storage.ClearStateAsync("conformance", grain, state);
        Reopen();
        await WriteAsync(grain, null, 2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(grain, old, 3));
    }

    [Fact]
    public void Open_FolderInUse_IsRefusedWithAReason()
    {
        StoreException refused = Assert.Throws<StoreException>(() => SqliteStore.Open(_folder));
        Assert.Contains("is used by another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfANewerVersion_IsRefusedAndLetGo()
    {
        _store.Dispose();
        Execute("PRAGMA user_version = 99");
        StoreException refused = Assert.Throws<StoreException>(() => SqliteStore.Open(_folder));
        Assert.Contains("schema 99", refused.Message, StringComparison.Ordinal);
        Execute($"PRAGMA user_version = {SchemaMigration.Steps.Count}");
        Reopen();
    }

    [Fact]
    public void Open_NoDatabaseAtAll_IsRefusedWithAReason()
    {
        _store.Dispose();
        File.WriteAllText(Path.Combine(_folder, SqliteStore.FileName), "this is no database, and long enough to be seen as none: " + new string('.', 4096));
        Assert.Contains("cannot be opened", Assert.Throws<StoreException>(() => SqliteStore.Open(_folder)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, SqliteStore.FileName));
        Reopen();
    }

    [Fact]
    public void Apply_StepThatFails_LeavesTheVersionBefore()
    {
        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        Assert.Throws<SqliteException>(() => SchemaMigration.Apply(connection, ["CREATE TABLE one (x)", "CREATE TABLE two (x); CREATE TABLE one (x)"]));
        Assert.Equal(1, SchemaMigration.Version(connection));
        SchemaMigration.Apply(connection, ["CREATE TABLE one (x)", "CREATE TABLE two (x)"]);
        Assert.Equal(2, SchemaMigration.Version(connection));
    }

    [Fact]
    public async Task Backup_WhileWritesGoOn_IsWholeAndRestores()
    {
        GrainId grain = NewGrain();
        await WriteAsync(grain, null, 5);
        string copy = Path.Combine(_folder, "copy");
        Directory.CreateDirectory(copy);
        Execute($"VACUUM INTO '{Path.Combine(copy, SqliteStore.FileName)}'");
        using SqliteStore restored = SqliteStore.Open(copy);
        Assert.Equal(5, (await ReadAsync(new SqliteGrainStorage(restored, _serializer), grain)).State!.Number);
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = SqliteStore.Open(_folder);
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(_folder, SqliteStore.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
