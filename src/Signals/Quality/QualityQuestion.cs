namespace Grainwatch.Signals.Quality;

/// <summary>What a rule set will ask of quality, so that the detectors run before the first answer arrives.</summary>
/// <param name="Kind">Which detector.</param>
/// <param name="Dimension">Of which dimension.</param>
/// <param name="Threshold">m0, 0 to 1; not used by drift.</param>
public readonly record struct QualityQuestion(QualityQuestionKind Kind, string Dimension, double Threshold);
