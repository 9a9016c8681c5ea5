namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>The kinds of answers that are drawn with probabilities of their own. The first that fits, from below, counts.</summary>
public enum SamplingStratum
{
    Normal,

    /// <summary>A verdict about the component is true.</summary>
    UnderStress,

    /// <summary>It ended in an error, or was cut off.</summary>
    ErrorOrTruncated,

    /// <summary>A deterministic check found it bad. Never a judge's score: p must not depend on what is measured.</summary>
    LowDeterministicScore,
}
