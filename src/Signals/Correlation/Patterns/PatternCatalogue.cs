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

    /// <summary>What names a thing that happened; it replaces any explanation that only weighs what moved.</summary>
    private static readonly IncidentPattern[] Certain =
    [
        IncidentPattern.JudgeDrift, IncidentPattern.HardwareFault, IncidentPattern.RestartLoop, IncidentPattern.AdapterChange,
        IncidentPattern.BadRollout,
    ];

    /// <summary>What says that nothing else explains it: a reason may show later.</summary>
    private static readonly IncidentPattern[] Open =
    [
        IncidentPattern.TrafficSurge, IncidentPattern.TrafficShift, IncidentPattern.QualityDrift, IncidentPattern.Blind,
        IncidentPattern.Unknown,
    ];

    /// <summary>Tries each pattern on each scope before the next pattern, so that precedence holds across components.</summary>
    /// <param name="scopes">The components, those in most trouble first.</param>
    /// <param name="known">What the incident was told as. It stays while it fits, unless the first that fits is more certain.</param>
    public static (PatternMatch Match, IncidentFacts Facts)? First(IReadOnlyList<IncidentFacts> scopes, IncidentPattern known)
    {
        (PatternMatch Match, IncidentFacts Facts)? first = First(scopes, InPrecedence);
        bool isReplaced = first is { } f && (f.Match.Pattern == known || (IsCertain(f.Match.Pattern) && !IsFirm(known)));
        if (isReplaced || Array.IndexOf(Open, known) >= 0)
        {
            return first;
        }

        return First(scopes, [.. InPrecedence.Skip((int)known).Take(1)]) ?? first;
    }

    /// <summary>
    /// True: what was told stays, because what is found now is less certain. As an incident fades, the series that carried its
    /// explanation return to normal first, and what is left looks like something lesser.
    /// </summary>
    public static bool Stays(IncidentPattern told, IncidentPattern found) =>
        found > told || (found < told && IsFirm(told) && found != IncidentPattern.HardwareFault);

    /// <summary>A restart ends a hang and does not explain it.</summary>
    private static bool IsFirm(IncidentPattern pattern) => IsCertain(pattern) || pattern == IncidentPattern.Hang;

    private static bool IsCertain(IncidentPattern pattern) => Array.IndexOf(Certain, pattern) >= 0;

    private static (PatternMatch Match, IncidentFacts Facts)? First(IReadOnlyList<IncidentFacts> scopes, IReadOnlyList<IPatternDetector> detectors)
    {
        foreach (IPatternDetector detector in detectors)
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
