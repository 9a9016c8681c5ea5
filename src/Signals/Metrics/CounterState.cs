namespace Grainwatch.Signals.Metrics;

/// <summary>What a <see cref="CounterDecoder"/> has to remember: its newest total, and the one before.</summary>
public sealed record CounterState(Timestamp? Time, double Total, double? Before);
