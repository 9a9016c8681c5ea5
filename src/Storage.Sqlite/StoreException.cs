namespace Grainwatch.Storage.Sqlite;

/// <summary>The data folder cannot be used. The message says why, for the person who named it.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
