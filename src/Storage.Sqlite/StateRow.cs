namespace Grainwatch.Storage.Sqlite;

/// <summary>What is stored of one state.</summary>
internal sealed record StateRow(long Etag, byte[] Body);
