using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Quality;

/// <summary>One score of one sampled answer on one dimension, wherever it was scored.</summary>
/// <param name="Time">When the answer was given.</param>
/// <param name="Entity">The component that answered.</param>
/// <param name="Dimension">One of <see cref="Metrics.QualityDimensions"/>, or a name of the user's.</param>
/// <param name="Score">0 to 1, higher is better; null: drawn but unknown, which is never read as 0.</param>
/// <param name="Probability">With what probability the answer was drawn, in (0, 1]; the weight is its inverse.</param>
/// <param name="Stratum">Which stratum it was drawn from; null: one stratum only.</param>
/// <param name="Judge">Which judge (with version) scored it; null: a deterministic check.</param>
public sealed record QualityScore(
    Timestamp Time,
    EntityId Entity,
    string Dimension,
    double? Score,
    double Probability,
    string? Stratum = null,
    string? Judge = null);
