namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>not operand</c>.</summary>
public sealed record NotExpression(Expression Operand) : Expression;
