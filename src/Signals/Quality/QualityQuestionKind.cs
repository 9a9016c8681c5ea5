namespace Grainwatch.Signals.Quality;

/// <summary>The detectors that a rule may ask for.</summary>
public enum QualityQuestionKind
{
    Below,
    Above,
    Drift,
}
