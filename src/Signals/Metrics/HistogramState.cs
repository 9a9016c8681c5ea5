namespace Grainwatch.Signals.Metrics;

/// <summary>What a <see cref="HistogramSeries"/> has to remember.</summary>
/// <param name="Increases">Those that are kept, oldest first.</param>
/// <param name="CollectingTime">Of the set that is being collected; null: none is.</param>
/// <param name="CollectingBounds">What came of it.</param>
/// <param name="CollectingTotals">As many.</param>
/// <param name="CompleteTime">Of the newest set that was complete.</param>
/// <param name="Bounds">Its bounds.</param>
/// <param name="Totals">Its totals.</param>
public sealed record HistogramState(
    HistogramIncrease[] Increases,
    Timestamp? CollectingTime,
    double[] CollectingBounds,
    double[] CollectingTotals,
    Timestamp? CompleteTime,
    double[] Bounds,
    double[] Totals);
