namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>-operand</c>.</summary>
public sealed record NegativeExpression(Expression Operand) : Expression;
