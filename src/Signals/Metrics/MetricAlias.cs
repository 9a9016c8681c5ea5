namespace Grainwatch.Signals.Metrics;

/// <summary>The name of a metric at one source.</summary>
/// <param name="Name">As the source writes it, without statistic.</param>
/// <param name="Source">cloudwatch, vllm, sglang, tgi, otel, dcgm, node, engine or grainwatch.</param>
/// <param name="Scale">What a value is multiplied with to become the canonical unit.</param>
/// <param name="Temporality">How values of a counter count.</param>
/// <param name="AggregatedLabels">Labels of the source that tell parts of one series, which are added up or averaged; see <see cref="PartAggregate"/>.</param>
public sealed record MetricAlias(
    string Name,
    string Source,
    double Scale = 1.0,
    AliasTemporality Temporality = AliasTemporality.Delta,
    params string[] AggregatedLabels);
