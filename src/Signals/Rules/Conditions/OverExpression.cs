using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>any gpu (condition)</c>, <c>count over copy (condition)</c>, <c>max over gpu (number)</c>.</summary>
/// <param name="Kind">any, all and count take a condition; max, min and avg a number.</param>
/// <param name="Relatives">Which relatives: gpu, copy, instance or component.</param>
/// <param name="Operand">What is asked of each.</param>
public sealed record OverExpression(OverKind Kind, EntityKind Relatives, Expression Operand) : Expression;
