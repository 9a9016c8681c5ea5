using Grainwatch.Signals.Correlation.Facts;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>Every detector in order of precedence; the first that fits names the incident.</summary>
internal static class PatternCatalogue
{
    public static IReadOnlyList<IPatternDetector> InPrecedence { get; } =
    [
        new JudgeDriftDetector(),
        new HardwareFaultDetector(),
        new RestartLoopDetector(),
        new HangDetector(),
        new AdapterChangeDetector(),
        new BadRolloutDetector(),
        new QualityCausedLoadDetector(),
        new DegradedByPressureDetector(),
        new MemoryLeakDetector(),
        new HotGpuDetector(),
        new HotCopyDetector(),
        new SaturationDetector(),
        new TrafficSurgeDetector(),
        new TrafficShiftDetector(),
        new QualityDriftDetector(),
        new BlindDetector(),
    ];

    /// <summary>Tries each pattern on each scope before the next pattern, so that precedence holds across components.</summary>
    public static (PatternMatch Match, IncidentFacts Facts)? First(IReadOnlyList<IncidentFacts> scopes)
    {
        foreach (IPatternDetector detector in InPrecedence)
        {
            foreach (IncidentFacts scope in scopes)
            {
                if (detector.Match(scope) is { } match)
                {
                    return (match, scope);
                }
            }
        }

        return null;
    }
}
