namespace Grainwatch.Signals.Alerts;

/// <summary>How loudly an alert speaks, in rising order.</summary>
public enum Severity
{
    Info,
    Warn,

    /// <summary>Wakes a person.</summary>
    Page,
}
