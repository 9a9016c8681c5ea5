using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How a <see cref="SeriesKey"/> crosses a wire. Labels are name, value, name, value, …</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.series-key")]
public readonly record struct SeriesKeySurrogate(
    [property: Id(0)] string EntityKey,
    [property: Id(1)] string Metric,
    [property: Id(2)] string? Statistic,
    [property: Id(3)] string[] Labels);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class SeriesKeyConverter : IConverter<SeriesKey, SeriesKeySurrogate>
{
    public SeriesKey ConvertFromSurrogate(in SeriesKeySurrogate surrogate)
    {
        EntityId entity = EntityId.ParseKey(surrogate.EntityKey);
        LabelSet labels = surrogate.Labels.Length == 0
            ? LabelSet.Empty
            : LabelSet.Of(surrogate.Labels.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1])));
        return new SeriesKey(entity, MetricName.Of(surrogate.Metric, surrogate.Statistic), labels);
    }

    public SeriesKeySurrogate ConvertToSurrogate(in SeriesKey value) => new(
        value.Entity.Key,
        value.Metric.Base,
        value.Metric.Statistic,
        value.Residual.Count == 0 ? [] : [.. value.Residual.Labels.SelectMany(l => new[] { l.Key, l.Value })]);
}
