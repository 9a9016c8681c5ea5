namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="FrozenReference"/> has to remember.</summary>
/// <param name="ProbabilityMin">pMin when it was begun.</param>
/// <param name="Judge">Who scored it; null: deterministic checks, or nobody yet.</param>
/// <param name="Known">Known answers in it.</param>
/// <param name="NextLook">At how many the bound is taken next.</param>
/// <param name="First">Event time of its first answer.</param>
/// <param name="Lower">The bound; null: too early.</param>
/// <param name="Bound">While collecting.</param>
public sealed record FrozenReferenceState(
    double ProbabilityMin, string? Judge, int Known, int NextLook, Timestamp? First, double? Lower, BettingBoundState? Bound);
