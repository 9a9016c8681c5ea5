namespace Grainwatch.Signals.Alerts;

/// <summary>Who is told. Where and how belongs to the adapter that knows the name.</summary>
/// <param name="Name">The receiver's name.</param>
/// <param name="Fallback">Who is told when this one cannot be reached; null: nobody. Never the same receiver.</param>
/// <param name="IsWatchdog">True: gets a sign of life each minute.</param>
public sealed record Receiver(string Name, string? Fallback = null, bool IsWatchdog = false);
