using Microsoft.Data.Sqlite;

namespace Grainwatch.Storage.Sqlite;

/// <summary>The statements on the table of states, prepared once. One connection, one caller at a time.</summary>
/// <remarks>
/// Etags come from one sequence for the whole file and are never used again, so a state that was cleared and written anew
/// is not mistaken for the one before.
/// </remarks>
internal sealed class StateTable : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _lastEtag;
    private readonly SqliteCommand _keepEtag;

    public StateTable(SqliteConnection connection)
    {
        _connection = connection;
        _read = Prepare("SELECT etag, body FROM state WHERE name = $name AND grain = $grain");
        _insert = Prepare("INSERT INTO state (name, grain, etag, body) VALUES ($name, $grain, $etag, $body) ON CONFLICT DO NOTHING");
        _update = Prepare("UPDATE state SET etag = $etag, body = $body WHERE name = $name AND grain = $grain AND etag = $expected");
        _delete = Prepare("DELETE FROM state WHERE name = $name AND grain = $grain AND etag = $expected");
        _lastEtag = Prepare("SELECT value FROM sequence WHERE name = 'etag'");
        _keepEtag = Prepare("UPDATE sequence SET value = $etag WHERE name = 'etag'");
    }

    public StateRow? Read(StateKey key)
    {
        Bind(_read, key, null, null, null);
        using SqliteDataReader reader = _read.ExecuteReader();
        return reader.Read() ? new StateRow(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>Carries out every write whose condition holds, all in one transaction.</summary>
    /// <returns>The new etag of each; null where the condition did not hold.</returns>
    public long?[] Write(IReadOnlyList<StateWrite> batch)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        Join(transaction);
        long etag = (long)_lastEtag.ExecuteScalar()!;
        long?[] etags = new long?[batch.Count];
        for (int i = 0; i < batch.Count; i++)
        {
            SqliteCommand command = batch[i] switch
            {
                { Body: null } => _delete,
                { Expected: null } => _insert,
                _ => _update,
            };
            Bind(command, batch[i].Key, ++etag, batch[i].Expected, batch[i].Body);
            etags[i] = command.ExecuteNonQuery() == 1 ? etag : null;
        }

        Bind(_keepEtag, default, etag, null, null);
        _keepEtag.ExecuteNonQuery();
        transaction.Commit();
        return etags;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in new[] { _read, _insert, _update, _delete, _lastEtag, _keepEtag })
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void Join(SqliteTransaction transaction)
    {
        foreach (SqliteCommand command in new[] { _insert, _update, _delete, _lastEtag, _keepEtag })
        {
            command.Transaction = transaction;
        }
    }

    private SqliteCommand Prepare(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, SqliteType type) in new[]
        {
            ("$name", SqliteType.Text), ("$grain", SqliteType.Text), ("$etag", SqliteType.Integer),
            ("$expected", SqliteType.Integer), ("$body", SqliteType.Blob),
        })
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.Add(name, type);
            }
        }

        command.Prepare();
        return command;
    }

    private static void Bind(SqliteCommand command, StateKey key, long? etag, long? expected, byte[]? body)
    {
        foreach (SqliteParameter parameter in command.Parameters)
        {
            parameter.Value = parameter.ParameterName switch
            {
                "$name" => key.Name,
                "$grain" => key.Grain,
                "$etag" => etag,
                "$expected" => expected,
                _ => body,
            };
        }
    }
}
