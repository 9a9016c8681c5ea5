namespace Grainwatch.Signals.Metrics;

/// <summary>What the name of a Prometheus series says: which metric, and which part of it.</summary>
internal sealed record SourceMetric(
    MetricName Name,
    MetricDefinition Definition,
    MetricKind Kind,
    double Scale,
    double BoundScale,
    bool IsCumulative,
    HistogramPart Part,
    bool IsOfEngine,
    IReadOnlyList<string> AggregatedLabels)
{
    /// <summary>Reads a name; what the catalogue knows under the whole name is not taken apart.</summary>
    public static SourceMetric Of(MetricCatalogue catalogue, string name, bool hasBound)
    {
        ResolvedMetric whole = catalogue.Resolve(name);
        if (whole.Definition is not null)
        {
            return Plain(catalogue, whole, whole.IsCumulative);
        }

        (HistogramPart part, string suffix) = hasBound && name.EndsWith("_bucket", StringComparison.Ordinal) ? (HistogramPart.Bucket, "_bucket")
            : name.EndsWith("_sum", StringComparison.Ordinal) ? (HistogramPart.Sum, "_sum")
            : name.EndsWith("_count", StringComparison.Ordinal) ? (HistogramPart.Count, "_count")
            : (HistogramPart.None, "");
        string baseName = name[..^suffix.Length];
        if (part == HistogramPart.None || baseName.Length == 0)
        {
            // The suffix of every counter of OpenMetrics; what is not in the catalogue is still a running total.
            return Plain(catalogue, whole, name.EndsWith("_total", StringComparison.Ordinal));
        }

        ResolvedMetric histogram = catalogue.Resolve(baseName);
        MetricDefinition definition = histogram.Definition
            ?? new MetricDefinition(histogram.Metric.Base, MetricUnit.None, MetricKind.Histogram, MetricDirection.Neutral, MissingPolicy.Hold, "not in the catalogue");
        return new SourceMetric(
            MetricName.Of(histogram.Metric.Base, part switch { HistogramPart.Sum => "sum", HistogramPart.Count => "count", _ => null }),
            definition,
            part == HistogramPart.Bucket ? MetricKind.Histogram : MetricKind.Counter,
            part == HistogramPart.Sum ? histogram.Scale : 1,
            histogram.Scale,
            true,
            part,
            IsEngine(histogram),
            histogram.Alias?.AggregatedLabels ?? []);
    }

    private static SourceMetric Plain(MetricCatalogue catalogue, ResolvedMetric metric, bool isCumulative)
    {
        MetricDefinition definition = metric.Definition ?? catalogue.Describe(metric.Metric);
        return new SourceMetric(
            metric.Metric,
            definition,
            isCumulative ? MetricKind.Counter : definition.Kind,
            metric.Scale,
            1,
            isCumulative,
            HistogramPart.None,
            IsEngine(metric),
            metric.Alias?.AggregatedLabels ?? []);
    }

    private static bool IsEngine(ResolvedMetric metric) => metric.Alias?.Source is "vllm" or "sglang" or "tgi" or "engine" or "otel";
}
