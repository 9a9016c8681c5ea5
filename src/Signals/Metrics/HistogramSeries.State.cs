namespace Grainwatch.Signals.Metrics;

public sealed partial class HistogramSeries
{
    internal HistogramState Save() => new(
        [.. _increases], _collectingTime, [.. _collecting.Keys], [.. _collecting.Values], _completeTime, _bounds, _totals);

    internal static HistogramSeries Restore(HistogramState state)
    {
        HistogramSeries series = new()
        {
            _collectingTime = state.CollectingTime, _completeTime = state.CompleteTime, _bounds = state.Bounds, _totals = state.Totals,
        };
        foreach (HistogramIncrease increase in state.Increases)
        {
            series.Keep(increase);
        }

        for (int i = 0; i < state.CollectingBounds.Length; i++)
        {
            series._collecting[state.CollectingBounds[i]] = state.CollectingTotals[i];
        }

        return series;
    }
}
