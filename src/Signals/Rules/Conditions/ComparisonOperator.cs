namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>How two numbers are compared.</summary>
public enum ComparisonOperator
{
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
}
