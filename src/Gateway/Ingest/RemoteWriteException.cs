namespace Grainwatch.Gateway.Ingest;

/// <summary>A remote-write body that cannot be read at all; the message says where and why.</summary>
public sealed class RemoteWriteException(string message) : Exception(message);
