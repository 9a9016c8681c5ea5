namespace Grainwatch.Signals.Topology;

/// <summary>A topology document that cannot be used; the message names the place and the reason.</summary>
public sealed class TopologyException(string message, Exception? inner = null) : Exception(message, inner);
