namespace Grainwatch.Gateway.Json;

/// <summary>One document with its version.</summary>
public sealed record Versioned<T>(int V, T Item);
