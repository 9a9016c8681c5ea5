using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Grainwatch.Storage.Sqlite.Schema;

/// <summary>
/// Brings a file to the schema of this version, one numbered step after the other. The number stands in the file
/// (<c>user_version</c>) and changes in the transaction of its step, so a process that dies between two steps goes on there.
/// </summary>
internal static class SchemaMigration
{
    /// <summary>Step n leads from version n to n + 1. Steps are never edited, only added.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE state (
            name  TEXT    NOT NULL,
            grain TEXT    NOT NULL,
            etag  INTEGER NOT NULL,
            body  BLOB    NOT NULL,
            PRIMARY KEY (name, grain)
        ) WITHOUT ROWID;
        CREATE TABLE sequence (
            name  TEXT    NOT NULL PRIMARY KEY,
            value INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO sequence (name, value) VALUES ('etag', 0);
        """,
    ];

    /// <exception cref="StoreException">The file was written by a newer version.</exception>
    public static void Apply(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        long version = Version(connection);
        if (version > steps.Count)
        {
            throw new StoreException(
                $"{connection.DataSource} has schema {version}, and this version of grainwatch knows {steps.Count}: "
                + "use the newer one, or restore a backup");
        }

        for (int step = (int)version; step < steps.Count; step++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute(connection, transaction, steps[step]);
            Execute(connection, transaction, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1}"));
            transaction.Commit();
        }
    }

    public static long Version(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The steps are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
