using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

/// <summary>The state of one source series in a <see cref="SourceDecoderState"/>.</summary>
/// <param name="Key">Which series.</param>
/// <param name="Part">Which part of it; empty: the whole.</param>
/// <param name="State">What is remembered.</param>
public sealed record SourceEntry<T>(StoredSeriesKey Key, string Part, T State);
