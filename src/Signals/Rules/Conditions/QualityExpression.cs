namespace Grainwatch.Signals.Rules.Conditions;

/// <summary><c>quality(integrity)</c>, <c>drift(safety)</c>, <c>unknown(relevance)[15m]</c>.</summary>
public sealed record QualityExpression(QualityTerm Term, string Dimension, WindowLength? Window = null) : Expression;
