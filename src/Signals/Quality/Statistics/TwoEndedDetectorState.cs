namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="TwoEndedDetector"/> has to remember.</summary>
public sealed record TwoEndedDetectorState(EDetectorState Known, EDetectorState Kindest, EDetectorState Harshest);
