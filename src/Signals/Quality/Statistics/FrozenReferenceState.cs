namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="FrozenReference"/> has to remember.</summary>
/// <param name="Judge">Who scored it; null: deterministic checks, or nobody yet.</param>
/// <param name="Known">Known answers in it.</param>
/// <param name="First">Event time of its first answer.</param>
/// <param name="Lower">The frozen bound; null: still collecting.</param>
/// <param name="Bound">While collecting.</param>
public sealed record FrozenReferenceState(string? Judge, int Known, Timestamp? First, double? Lower, BettingBoundState? Bound);
