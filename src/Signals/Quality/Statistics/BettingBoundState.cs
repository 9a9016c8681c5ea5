namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="BettingBound"/> has to remember.</summary>
/// <param name="Excluded">Candidates that are refuted.</param>
/// <param name="Wealth">Candidates times stakes.</param>
public sealed record BettingBoundState(int Excluded, double[] Wealth);
