namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>left + right</c> and its like. A division by zero is no data.</summary>
public sealed record ArithmeticExpression(ArithmeticOperator Operator, Expression Left, Expression Right) : Expression;
