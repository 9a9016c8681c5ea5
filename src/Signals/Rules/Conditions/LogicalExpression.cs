namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>left and right</c>, <c>left or right</c>.</summary>
public sealed record LogicalExpression(LogicalOperator Operator, Expression Left, Expression Right) : Expression;
