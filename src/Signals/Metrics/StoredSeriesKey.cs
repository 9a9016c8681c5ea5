using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Metrics;

/// <summary>A <see cref="SeriesKey"/> as plain data, for what is stored or handed over.</summary>
/// <param name="Entity">Its key.</param>
/// <param name="Metric">The base name.</param>
/// <param name="Statistic">Null for points.</param>
/// <param name="Labels">What remains, in order of the names.</param>
public sealed record StoredSeriesKey(string Entity, string Metric, string? Statistic, KeyValuePair<string, string>[] Labels)
{
    public static StoredSeriesKey Of(SeriesKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new StoredSeriesKey(
            key.Entity.Key, key.Metric.Base, key.Metric.Statistic, [.. key.Residual.Labels.Select(l => KeyValuePair.Create(l.Key, l.Value))]);
    }

    /// <exception cref="FormatException">The entity's key is none.</exception>
    public SeriesKey ToKey() => new(EntityId.ParseKey(Entity), MetricName.Of(Metric, Statistic), LabelSet.Of(Labels));
}
