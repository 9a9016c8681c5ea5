using Grainwatch.Signals.Correlation.Facts;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>Recognises one named shape of an incident. Pure: reads the facts and nothing else.</summary>
internal interface IPatternDetector
{
    /// <returns>Null when the shape does not fit, or the facts do not suffice to say so.</returns>
    PatternMatch? Match(IncidentFacts facts);
}
