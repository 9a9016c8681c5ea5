namespace Grainwatch.Signals.Correlation;

/// <summary>When something began: after <paramref name="LastNormal"/>, at the latest at <paramref name="FirstAbnormal"/>.</summary>
public readonly record struct OnsetInterval(Timestamp LastNormal, Timestamp FirstAbnormal)
{
    /// <summary>One began before another only if the intervals are disjoint; else it is "the same time".</summary>
    public bool Precedes(OnsetInterval other) => FirstAbnormal < other.LastNormal || (FirstAbnormal == other.LastNormal && LastNormal < FirstAbnormal);
}
