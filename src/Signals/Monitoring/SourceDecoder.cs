using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// Turns what sources send into points of the core: running totals into increases, parts that are told apart by
/// aggregated labels into one value, classic histograms into quantiles of the last minute.
/// </summary>
/// <remarks>
/// A histogram of the catalogue (<c>ttft_histogram</c>) becomes the percentiles of the gauge that it measures
/// (<c>ttft.p99</c>), so that rules and diagnosis meet the same series whichever way a source reports. One for each owner
/// of windows; not thread-safe.
/// </remarks>
public sealed partial class SourceDecoder
{
    /// <summary>Source series whose state is kept; beyond it a running total or histogram is refused.</summary>
    public const int MaxSources = 200_000;

    private static readonly TimeSpan QuantileWindow = TimeSpan.FromSeconds(60);
    private static readonly (double Quantile, string Name)[] Quantiles = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99")];
    private static readonly Dictionary<string, string> Measured = new(StringComparer.Ordinal)
    {
        ["request_latency"] = "latency",
        ["ttft_histogram"] = "ttft",
        ["inter_token_latency_histogram"] = "inter_token_latency",
    };

    private readonly Dictionary<(SeriesKey Key, string Part), CounterDecoder> _counters = [];
    private readonly Dictionary<(SeriesKey Key, string Part), HistogramSeries> _histograms = [];
    private readonly Dictionary<SeriesKey, PartAggregate> _aggregates = [];

    /// <summary>Takes one value.</summary>
    /// <param name="source">Of which source series.</param>
    /// <param name="time">Event time.</param>
    /// <param name="value">In the canonical unit; NaN: the source says that the series ended.</param>
    /// <param name="points">Takes the points that follow from it, none to three.</param>
    public DecodeOutcome Decode(in SourceSeries source, Timestamp time, double value, ICollection<MetricPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (double.IsNaN(value))
        {
            if (source.HistogramPart != HistogramPart.Bucket)
            {
                points.Add(new MetricPoint(source.Key, time, double.NaN));
            }

            return DecodeOutcome.Ended;
        }

        return source.HistogramPart == HistogramPart.Bucket ? DecodeBucket(source, time, value, points)
            : source.IsCumulative ? DecodeCounter(source, time, value, points)
            : Add(source, time, value, points);
    }

    /// <summary>
    /// The state of a running total that is told by one source series; null: none was taken yet. For
    /// <see cref="Decode(CounterDecoder, Timestamp, double, out double)"/>, from any thread.
    /// </summary>
    public CounterDecoder? Counter(SeriesKey key) => _counters.GetValueOrDefault((key, ""));

    /// <summary>Turns a running total into its increase, under the lock of its state.</summary>
    /// <param name="counter">The state.</param>
    /// <param name="time">Event time of the total.</param>
    /// <param name="total">The total.</param>
    /// <param name="increase">The point that follows from it, where the outcome is Decoded.</param>
    /// <returns>Decoded, NoPoint or NotFinite.</returns>
    public static DecodeOutcome Decode(CounterDecoder counter, Timestamp time, double total, out double increase)
    {
        ArgumentNullException.ThrowIfNull(counter);
        lock (counter)
        {
            return counter.Decode(time, total, out increase) switch
            {
                CounterOutcome.Increase or CounterOutcome.Reset or CounterOutcome.Corrected => DecodeOutcome.Decoded,
                CounterOutcome.NotFinite => DecodeOutcome.NotFinite,
                _ => DecodeOutcome.NoPoint,
            };
        }
    }

    private DecodeOutcome DecodeCounter(in SourceSeries source, Timestamp time, double total, ICollection<MetricPoint> points)
    {
        if (!_counters.TryGetValue((source.Key, source.Part), out CounterDecoder? decoder))
        {
            if (_counters.Count >= MaxSources)
            {
                return DecodeOutcome.TooManySources;
            }

            _counters[(source.Key, source.Part)] = decoder = new CounterDecoder();
        }

        DecodeOutcome outcome = Decode(decoder, time, total, out double increase);
        return outcome == DecodeOutcome.Decoded ? Add(source, time, increase, points) : outcome;
    }

    private DecodeOutcome Add(in SourceSeries source, Timestamp time, double value, ICollection<MetricPoint> points)
    {
        double total = value;
        if (source.Part.Length > 0)
        {
            if (!_aggregates.TryGetValue(source.Key, out PartAggregate? aggregate))
            {
                if (_aggregates.Count >= MaxSources)
                {
                    return DecodeOutcome.TooManySources;
                }

                MetricDefinition definition = MetricCatalogue.Default.Describe(source.Key.Metric);
                _aggregates[source.Key] = aggregate = new PartAggregate(source.IsCumulative ? MetricKind.Counter : definition.Kind, definition.Unit);
            }

            if (aggregate.Put(source.Part, time, value, out total) is PartOutcome.TooOld or PartOutcome.TooManyParts)
            {
                return DecodeOutcome.NoPoint;
            }
        }

        points.Add(new MetricPoint(source.Key, time, total));
        return DecodeOutcome.Decoded;
    }

    private DecodeOutcome DecodeBucket(in SourceSeries source, Timestamp time, double total, ICollection<MetricPoint> points)
    {
        if (!_histograms.TryGetValue((source.Key, source.Part), out HistogramSeries? histogram))
        {
            if (_histograms.Count >= MaxSources)
            {
                return DecodeOutcome.TooManySources;
            }

            _histograms[(source.Key, source.Part)] = histogram = new HistogramSeries();
        }

        HistogramOutcome outcome = histogram.Observe(time, source.UpperBound, total);
        outcome = outcome == HistogramOutcome.Collected ? histogram.TryComplete() : outcome;
        if (outcome is HistogramOutcome.Increase or HistogramOutcome.Reset && histogram.Increases.Last() is { } newest
            && histogram.Sum(newest.Time - QuantileWindow, newest.Time) is { } sum)
        {
            string metric = Measured.GetValueOrDefault(source.Key.Metric.Base, source.Key.Metric.Base);
            foreach ((double quantile, string name) in Quantiles)
            {
                double value = sum.Quantile(quantile);
                if (double.IsFinite(value))
                {
                    points.Add(new MetricPoint(source.Key with { Metric = MetricName.Of(metric, name) }, newest.Time, value));
                }
            }
        }

        return outcome == HistogramOutcome.NotFinite ? DecodeOutcome.NotFinite : DecodeOutcome.NoPoint;
    }
}
