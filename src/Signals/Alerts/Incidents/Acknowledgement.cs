namespace Grainwatch.Signals.Alerts;

/// <summary>Somebody takes care of an incident: nothing is repeated until it ends or becomes more severe.</summary>
public sealed record Acknowledgement(string By, Timestamp At);
