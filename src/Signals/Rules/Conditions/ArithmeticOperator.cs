namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>How two numbers become one.</summary>
public enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}
