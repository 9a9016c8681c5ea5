namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="QualityStream"/> has to remember. Detectors are in the order of the monitor's questions.</summary>
public sealed record QualityStreamState(
    double ProbabilityMin,
    double Alarm,
    Timestamp? First,
    long RateBucket,
    int Baselines,
    DrawnAnswer[] Answers,
    CountBucket[] Fine,
    CountBucket[] Coarse,
    QualityDetectorState?[] Detectors,
    FrozenReferenceState? Reference,
    Timestamp? Newest = null);
