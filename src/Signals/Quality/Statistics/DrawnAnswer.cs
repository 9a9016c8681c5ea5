namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>One drawn answer as the statistics see it.</summary>
/// <param name="Time">When the answer was given.</param>
/// <param name="Score">0 to 1; null: unknown.</param>
/// <param name="Probability">With what it was drawn.</param>
public readonly record struct DrawnAnswer(Timestamp Time, double? Score, double Probability);
