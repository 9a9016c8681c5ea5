namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>value else otherwise</c>: the second number where the first has no data. An error stays an error.</summary>
public sealed record FallbackExpression(Expression Value, Expression Otherwise) : Expression;
