using System.Globalization;
using System.Text;
using Grainwatch.Gateway.Mapping;
using Grainwatch.Gateway.Options;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>Turns data points into the series of the core, as remote-write's series are turned.</summary>
/// <remarks>
/// Of a resource's attributes only those remain that name a level; <c>service.name</c> and <c>service.instance.id</c> stand for
/// job and instance, as they do in a Prometheus. Sums that are cumulative and monotonic are running totals, sums of deltas are
/// increases, all others levels. Histograms, with explicit or exponential buckets, become cumulative buckets of which the
/// endpoint makes percentiles; a summary's quantiles are percentile series, which are never averaged.
/// </remarks>
internal sealed class OtlpSeries(IntakeBatch batch, SeriesMapper mapper, IngestLimits limits)
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private readonly List<KeyValuePair<string, string>> _labels = [];
    private int _index;

    /// <summary>Data points that were looked at.</summary>
    public int Points { get; private set; }

    public void Add(OtlpResource resource)
    {
        List<KeyValuePair<string, string>> own = ResourceLabels(resource.Attributes);
        foreach (OtlpMetric metric in resource.Metrics)
        {
            int first = Points;
            Points += metric.Points.Count;

            // Two instants of one series are told in the order of time, whatever the order in the body.
            foreach ((int index, OtlpPoint point) in metric.Points.Index().OrderBy(p => p.Item.TimeUnixNano))
            {
                _index = first + index;
                if (Add(metric, point, own) is { } fault)
                {
                    batch.Reject(_index, metric.Name, "data-point", fault);
                }
            }
        }
    }

    /// <summary>What a resource says of itself that counts as labels of all its series and answers.</summary>
    internal List<KeyValuePair<string, string>> ResourceLabels(List<KeyValuePair<string, object?>> attributes)
    {
        List<KeyValuePair<string, string>> labels = [];
        string? space = null;
        string? service = null;
        foreach ((string key, object? value) in attributes)
        {
            string text = OtlpValues.Text(value);
            switch (key)
            {
                case "service.namespace":
                    space = text;
                    break;
                case "service.name":
                    service = text;
                    break;
                case "service.instance.id":
                    labels.Add(KeyValuePair.Create("instance", text));
                    break;
            }

            if (mapper.NamesLevel(key))
            {
                labels.Add(KeyValuePair.Create(key, text));
            }
        }

        if (!string.IsNullOrEmpty(service))
        {
            labels.Add(KeyValuePair.Create("job", string.IsNullOrEmpty(space) ? service : $"{space}/{service}"));
        }

        return labels;
    }

    private string? Add(OtlpMetric metric, OtlpPoint point, List<KeyValuePair<string, string>> resource)
    {
        if (metric.Name.Length == 0 || Encoding.UTF8.GetByteCount(metric.Name) > limits.LabelBytesMax)
        {
            return $"a metric's name has 1 to {limits.LabelBytesMax} bytes";
        }

        if (point.TimeUnixNano == 0)
        {
            return "the data point has no time";
        }

        _labels.Clear();
        _labels.AddRange(resource);
        foreach ((string key, object? value) in point.Attributes)
        {
            string text = OtlpValues.Text(value);
            if (key is "" or "__name__" or "le" || Math.Max(Encoding.UTF8.GetByteCount(key),
                Encoding.UTF8.GetByteCount(text)) > limits.LabelBytesMax)
            {
                return key is "" or "__name__" or "le" ? $"'{key}' is no name for an attribute"
                    : $"an attribute of more than {limits.LabelBytesMax} bytes";
            }

            _labels.Add(KeyValuePair.Create(key, text));
        }

        return metric.Kind switch
        {
            OtlpMetricKind.Gauge => AddNumber(metric, point, isTotal: false),
            OtlpMetricKind.Sum => AddNumber(metric, point, isTotal: metric is { Temporality: OtlpMetric.Cumulative, IsMonotonic: true }),
            OtlpMetricKind.Histogram => AddHistogram(metric, point),
            OtlpMetricKind.ExponentialHistogram => AddExponential(metric, point),
            OtlpMetricKind.Summary => AddSummary(metric, point),
            _ => "the metric has no data that is known here",
        };
    }

    private string? AddNumber(OtlpMetric metric, OtlpPoint point, bool isTotal)
    {
        if (point.Value is null && !point.IsStale)
        {
            return "the data point has no value";
        }

        if (metric.Kind == OtlpMetricKind.Sum && metric.Temporality is not (OtlpMetric.Delta or OtlpMetric.Cumulative))
        {
            return "the sum does not say whether it is delta or cumulative";
        }

        if (Map(metric.Name) is not { } mapping)
        {
            return null;
        }

        // A gauge is read as a total only where the catalogue knows that this name always is one.
        bool isCumulative = isTotal || (metric.Kind == OtlpMetricKind.Gauge && MetricCatalogue.Default.Resolve(metric.Name).IsCumulative);
        Write(mapping with { IsCumulative = isCumulative, HistogramPart = HistogramPart.None }, point,
            point.IsStale ? double.NaN : point.Value!.Value);
        return null;
    }

    private string? AddHistogram(OtlpMetric metric, OtlpPoint point)
    {
        if (metric.Temporality is not (OtlpMetric.Delta or OtlpMetric.Cumulative))
        {
            return "the histogram does not say whether it is delta or cumulative";
        }

        if (point.Counts.Count != 0 && point.Counts.Count != point.Bounds.Count + 1)
        {
            return "a histogram has one count more than bounds";
        }

        if (point.Bounds.Count >= HistogramSeries.MaxBounds || !IsRising(point.Bounds))
        {
            return $"bounds are finite, strictly rising, and fewer than {HistogramSeries.MaxBounds}";
        }

        double total = 0;
        AddBuckets(metric, point, point.Counts.Select((count, i) =>
            (i < point.Bounds.Count ? point.Bounds[i] : double.PositiveInfinity, total += count)));
        return null;
    }

    private string? AddExponential(OtlpMetric metric, OtlpPoint point)
    {
        if (metric.Temporality is not (OtlpMetric.Delta or OtlpMetric.Cumulative))
        {
            return "the histogram does not say whether it is delta or cumulative";
        }

        if (point.Scale is < ExponentialGrid.MinScale or > ExponentialGrid.MaxScale)
        {
            return $"the scale lies outside {ExponentialGrid.MinScale} to {ExponentialGrid.MaxScale}";
        }

        AddBuckets(metric, point, ExponentialGrid.Place(point));
        return null;
    }

    private string? AddSummary(OtlpMetric metric, OtlpPoint point)
    {
        if (point.Quantiles.Any(q => q.Quantile is not (>= 0 and <= 1)))
        {
            return "a quantile lies outside 0 to 1";
        }

        foreach ((double quantile, double value) in point.Quantiles)
        {
            string statistic = quantile switch
            {
                0 => "minimum",
                1 => "maximum",
                _ => string.Create(CultureInfo.InvariantCulture, $"p{quantile * 100:0.##}"),
            };
            if (MetricCatalogue.StatisticOf(statistic) is not null && Map($"{metric.Name}.{statistic}") is { } mapping)
            {
                Write(mapping with { IsCumulative = false, HistogramPart = HistogramPart.None }, point, point.IsStale ? double.NaN : value);
            }
        }

        AddCountAndSum(metric, point, isCumulative: true);
        return null;
    }

    private void AddBuckets(OtlpMetric metric, OtlpPoint point, IEnumerable<(double Bound, double Total)> buckets)
    {
        bool isCumulative = metric.Temporality == OtlpMetric.Cumulative;

        // The bound 1 tells by what the bounds of this metric are multiplied.
        if (!point.IsStale && Map($"{metric.Name}_bucket", KeyValuePair.Create("le", "1")) is { } mapping)
        {
            double scale = mapping.UpperBound;
            foreach ((double bound, double total) in buckets)
            {
                batch.Add(new SeriesWrite(
                    mapping.Key!, isCumulative, [Milliseconds(point)], [total], HistogramPart.Bucket, bound * scale, mapping.Part));
            }
        }

        AddCountAndSum(metric, point, isCumulative);
    }

    private void AddCountAndSum(OtlpMetric metric, OtlpPoint point, bool isCumulative)
    {
        if (Map($"{metric.Name}_count") is { } count)
        {
            Write(count with { IsCumulative = isCumulative }, point, point.IsStale ? double.NaN : point.Count);
        }

        if ((point.Sum is not null || point.IsStale) && Map($"{metric.Name}_sum") is { } sum)
        {
            Write(sum with { IsCumulative = isCumulative }, point, point.IsStale ? double.NaN : point.Sum!.Value);
        }
    }

    private SeriesMapping? Map(string name, params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        SeriesMapping mapping = mapper.Map([.. _labels, KeyValuePair.Create("__name__", name), .. more]);
        return batch.Admit(mapping, _index, name, 1) ? mapping : null;
    }

    private void Write(SeriesMapping mapping, OtlpPoint point, double value) => batch.Add(new SeriesWrite(
        mapping.Key!, mapping.IsCumulative, [Milliseconds(point)], [value * mapping.Scale], mapping.HistogramPart, double.NaN, mapping.Part));

    private static long Milliseconds(OtlpPoint point) => (long)(point.TimeUnixNano / NanosecondsPerMillisecond);

    private static bool IsRising(List<double> bounds)
    {
        for (int i = 0; i < bounds.Count; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
            {
                return false;
            }
        }

        return true;
    }
}
