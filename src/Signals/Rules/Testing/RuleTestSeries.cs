namespace Grainwatch.Signals.Rules.Testing;

/// <summary>A synthetic series: one value per interval, from time 0.</summary>
/// <param name="Entity">As the topology reads it.</param>
/// <param name="Metric">A canonical name or an alias; values are in the canonical unit.</param>
/// <param name="Values">Null: missing; NaN: a value that cannot be computed with.</param>
/// <param name="Line">Where it stands.</param>
public sealed record RuleTestSeries(string Entity, string Metric, IReadOnlyList<double?> Values, int Line);
