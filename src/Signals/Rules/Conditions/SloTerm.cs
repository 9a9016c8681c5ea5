namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>One metric of an objective's sum, added or taken away.</summary>
public sealed record SloTerm(MetricReference Metric, bool IsSubtracted);
