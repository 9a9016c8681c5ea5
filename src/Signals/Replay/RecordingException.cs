namespace Grainwatch.Signals.Replay;

/// <summary>A folder that cannot be used as a recording at all; the message names the place and the reason.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
