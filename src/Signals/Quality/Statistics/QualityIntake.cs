namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What became of a score that was handed to a <see cref="QualityMonitor"/>.</summary>
public enum QualityIntake
{
    /// <summary>It counts.</summary>
    Taken,

    /// <summary>It was drawn but has no score; it counts as unknown.</summary>
    TakenAsUnknown,

    /// <summary>The score is no number of 0..1. It counts as unknown: a judge that answers nonsense has not judged.</summary>
    ScoreOutOfRange,

    /// <summary>The probability is not in [floor, 1]: nothing can be said of it, and nothing was changed.</summary>
    ProbabilityOutOfRange,

    /// <summary>The bound on streams is reached; those that were there before are kept.</summary>
    TooManyStreams,

    /// <summary>It is not newer than what was restored, which holds it already: after a restart the past is told again.</summary>
    Remembered,
}
