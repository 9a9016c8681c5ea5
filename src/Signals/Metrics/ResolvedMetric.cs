namespace Grainwatch.Signals.Metrics;

/// <summary>What the catalogue makes of a source's name.</summary>
/// <param name="Metric">The canonical metric.</param>
/// <param name="Definition">Its entry; null when the catalogue does not know it.</param>
/// <param name="Alias">The alias that matched; null for a canonical or unknown name.</param>
public readonly record struct ResolvedMetric(MetricName Metric, MetricDefinition? Definition, MetricAlias? Alias)
{
    /// <summary>What a value is multiplied with to become the canonical unit.</summary>
    public double Scale => Alias?.Scale ?? 1.0;

    /// <summary>True when values are a running total that has to be differenced first.</summary>
    public bool IsCumulative => Alias?.Temporality == AliasTemporality.Cumulative;
}
