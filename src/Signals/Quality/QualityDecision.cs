using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Quality;

/// <summary>What an e-detector says, and on what it rests.</summary>
/// <param name="Truth">True: the alarm stands. False: quality is shown to be good again, or never was doubted and enough was seen. Hold: not enough evidence. Missing: no answers.</param>
/// <param name="Estimate">For showing.</param>
/// <param name="EValue">The detector's M: accumulated evidence against the null hypothesis.</param>
/// <param name="Alarm">The detector's A: the level of M at which it speaks.</param>
public sealed record QualityDecision(Truth Truth, QualityEstimate Estimate, double EValue, double Alarm);
