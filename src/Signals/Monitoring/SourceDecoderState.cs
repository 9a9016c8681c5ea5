using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

/// <summary>What a <see cref="SourceDecoder"/> has to remember, so that a total or a histogram goes on where it was.</summary>
public sealed record SourceDecoderState(
    SourceEntry<CounterState>[] Counters, SourceEntry<HistogramState>[] Histograms, SourceEntry<PartAggregateState>[] Aggregates);
