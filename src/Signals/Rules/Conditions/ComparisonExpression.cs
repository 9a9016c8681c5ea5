namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>left &gt; right</c> and its like.</summary>
public sealed record ComparisonExpression(ComparisonOperator Operator, Expression Left, Expression Right) : Expression;
