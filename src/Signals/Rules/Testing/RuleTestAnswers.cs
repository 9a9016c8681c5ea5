namespace Grainwatch.Signals.Rules.Testing;

/// <summary>Synthetic scores of answers on one dimension.</summary>
/// <param name="Entity">Who answered.</param>
/// <param name="Dimension">A quality dimension.</param>
/// <param name="From">When the first answer is given.</param>
/// <param name="Every">Time between two answers.</param>
/// <param name="Scores">0 to 1; null: drawn but unknown.</param>
/// <param name="Probability">With what probability each was drawn.</param>
/// <param name="Line">Where it stands.</param>
public sealed record RuleTestAnswers(
    string Entity, string Dimension, TimeSpan From, TimeSpan Every, IReadOnlyList<double?> Scores, double Probability, int Line);
