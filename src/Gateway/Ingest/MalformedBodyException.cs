namespace Grainwatch.Gateway.Ingest;

/// <summary>A body that cannot be read at all; the message says where and why.</summary>
public sealed class MalformedBodyException(string message) : Exception(message);
