using Grainwatch.Storage.Sqlite.Schema;
using Microsoft.Data.Sqlite;

namespace Grainwatch.Storage.Sqlite;

/// <summary>One SQLite file in a data folder that this process alone holds: what must survive a crash.</summary>
/// <remarks>
/// The file runs in WAL mode with <c>synchronous=FULL</c>. With NORMAL a commit is not on the disk before the next
/// checkpoint, so after a loss of power a claim could be forgotten whose page has gone out: it would go out again. The
/// cost, one wait for the disk a transaction, is shared by all writes that wait (<see cref="WriteQueue"/>).
/// </remarks>
public sealed class SqliteStore : IDisposable
{
    public const string FileName = "grainwatch.db";

    /// <summary>How long a statement waits for somebody else who has the file open, such as a backup.</summary>
    private const int BusyTimeoutMs = 5_000;

    private readonly FolderLock _lock;
    private readonly WriteQueue _writes;
    private readonly StateTable _reads;
    private readonly Lock _reading = new();
    private bool _isDisposed;

    private SqliteStore(FolderLock folderLock, StateTable writes, StateTable reads)
    {
        _lock = folderLock;
        _writes = new WriteQueue(writes);
        _reads = reads;
    }

    /// <summary>Opens the store of a folder, which is made when it is not there.</summary>
    /// <exception cref="StoreException">The folder is in use, cannot be written, or was written by a newer version.</exception>
    public static SqliteStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        FolderLock held = FolderLock.Take(folder);
        try
        {
            string file = Path.Combine(folder, FileName);
            SqliteConnection writer = Connect(file, SqliteOpenMode.ReadWriteCreate);
            SchemaMigration.Apply(writer, SchemaMigration.Steps);
            return new SqliteStore(held, new StateTable(writer), new StateTable(Connect(file, SqliteOpenMode.ReadOnly)));
        }
        catch (SqliteException e)
        {
            held.Dispose();
            throw new StoreException($"the store in {folder} cannot be opened: {e.Message}", e);
        }
        catch (StoreException)
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        // The last to close the file takes the log in, and only a writer can.
        _reads.Dispose();
        _writes.Dispose();
        _lock.Dispose();
    }

    internal StateRow? Read(StateKey key)
    {
        lock (_reading)
        {
            return _reads.Read(key);
        }
    }

    internal Task<long?> WriteAsync(StateWrite write) => _writes.WriteAsync(write);

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = mode == SqliteOpenMode.ReadOnly
            ? $"PRAGMA busy_timeout = {BusyTimeoutMs};"
            : $"PRAGMA busy_timeout = {BusyTimeoutMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        command.ExecuteNonQuery();
        return connection;
    }
}
