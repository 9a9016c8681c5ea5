using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Monitoring;

public sealed partial class SourceDecoder
{
    /// <summary>Everything that is remembered. Each total is read under its own lock; when the block is closed, none changes any more.</summary>
    public SourceDecoderState Save()
    {
        List<SourceEntry<CounterState>> counters = [];
        foreach (((SeriesKey key, string part), CounterDecoder counter) in _counters)
        {
            lock (counter)
            {
                counters.Add(new SourceEntry<CounterState>(StoredSeriesKey.Of(key), part, counter.Save()));
            }
        }

        return new SourceDecoderState(
            [.. counters],
            [.. _histograms.Select(h => new SourceEntry<HistogramState>(StoredSeriesKey.Of(h.Key.Key), h.Key.Part, h.Value.Save()))],
            [.. _aggregates.Select(a => new SourceEntry<PartAggregateState>(StoredSeriesKey.Of(a.Key), "", a.Value.Save()))]);
    }

    /// <summary>A decoder that goes on where another was.</summary>
    public static SourceDecoder Restore(SourceDecoderState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        SourceDecoder decoder = new();
        foreach (SourceEntry<CounterState> entry in state.Counters)
        {
            decoder._counters[(entry.Key.ToKey(), entry.Part)] = CounterDecoder.Restore(entry.State);
        }

        foreach (SourceEntry<HistogramState> entry in state.Histograms)
        {
            decoder._histograms[(entry.Key.ToKey(), entry.Part)] = HistogramSeries.Restore(entry.State);
        }

        foreach (SourceEntry<PartAggregateState> entry in state.Aggregates)
        {
            decoder._aggregates[entry.Key.ToKey()] = PartAggregate.Restore(entry.State);
        }

        return decoder;
    }
}
