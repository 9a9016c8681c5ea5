namespace Grainwatch.Signals.Metrics;

/// <summary>What one source series is to the core.</summary>
/// <param name="Outcome">Whether there is anything to keep.</param>
/// <param name="Key">The series; null unless the outcome is Mapped or Unmapped.</param>
/// <param name="Definition">The entry of the catalogue, or a neutral one.</param>
/// <param name="Kind">How its points are read: that of the definition, Counter for the sum and count of a histogram.</param>
/// <param name="Scale">What a value is multiplied with to become the canonical unit.</param>
/// <param name="IsCumulative">True: a running total, for a <see cref="CounterDecoder"/> or a <see cref="HistogramSeries"/>.</param>
/// <param name="HistogramPart">Which part of a histogram it is.</param>
/// <param name="UpperBound">The bound of a bucket in the canonical unit, else NaN.</param>
/// <param name="Part">The labels that are aggregated away, empty when there are none; see <see cref="PartAggregate"/>.</param>
public sealed record SeriesMapping(
    MappingOutcome Outcome,
    SeriesKey? Key,
    MetricDefinition? Definition,
    MetricKind Kind,
    double Scale,
    bool IsCumulative,
    HistogramPart HistogramPart,
    double UpperBound,
    string Part)
{
    internal static SeriesMapping Refused(MappingOutcome outcome) =>
        new(outcome, null, null, MetricKind.Gauge, 1, false, HistogramPart.None, double.NaN, "");
}
