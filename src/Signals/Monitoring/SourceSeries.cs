using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

/// <summary>One series as its source sends it, mapped to a series of the core. Values are in the canonical unit already.</summary>
/// <param name="Key">Which series it belongs to.</param>
/// <param name="IsCumulative">True: a running total.</param>
/// <param name="HistogramPart">Which part of a classic histogram it is.</param>
/// <param name="UpperBound">The bound of a bucket, else NaN.</param>
/// <param name="Part">The labels that are aggregated away, as one text; empty: none.</param>
public readonly record struct SourceSeries(SeriesKey Key, bool IsCumulative, HistogramPart HistogramPart, double UpperBound, string Part);
