namespace Grainwatch.Signals.Rules;

/// <summary>Whether a rule may notify.</summary>
public enum RuleState
{
    Enforce,

    /// <summary>Evaluated and recorded, never notified.</summary>
    Observe,
}
