namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>How two conditions are joined.</summary>
public enum LogicalOperator
{
    And,
    Or,
}
