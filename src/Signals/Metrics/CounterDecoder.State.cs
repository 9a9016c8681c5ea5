namespace Grainwatch.Signals.Metrics;

public sealed partial class CounterDecoder
{
    internal CounterState Save() => new(_time, _total, _before);

    internal static CounterDecoder Restore(CounterState state) => new() { _time = state.Time, _total = state.Total, _before = state.Before };
}
