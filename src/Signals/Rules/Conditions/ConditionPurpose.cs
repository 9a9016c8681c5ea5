namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What a condition is for: the direction in which its comparisons must point follows from it.</summary>
public enum ConditionPurpose
{
    Raise,
    Clear,
}
