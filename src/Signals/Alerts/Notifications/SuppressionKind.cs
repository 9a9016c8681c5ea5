namespace Grainwatch.Signals.Alerts;

/// <summary>What holds a notification back, in the order in which it is asked and recorded.</summary>
public enum SuppressionKind
{
    Inhibited,
    OutsideActiveTime,
    Muted,
    Silenced,
    Composite,
}
