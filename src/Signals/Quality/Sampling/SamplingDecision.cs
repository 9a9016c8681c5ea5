namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>What was decided about one request, once and for all.</summary>
/// <param name="Outcome">The decision.</param>
/// <param name="Probability">p, fixed before the draw; 0 while paused.</param>
/// <param name="Stratum">Why that much.</param>
/// <param name="Repeated">The id was decided before: this is what was decided, and nothing was reserved again.</param>
public readonly record struct SamplingDecision(SamplingOutcome Outcome, double Probability, SamplingStratum Stratum, bool Repeated);
