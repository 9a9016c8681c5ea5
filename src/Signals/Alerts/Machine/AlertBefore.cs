namespace Grainwatch.Signals.Alerts;

/// <summary>What stood before the data stopped: it is restored unchanged when they return.</summary>
public sealed record AlertBefore(AlertState State, AlertClocks Clocks);
