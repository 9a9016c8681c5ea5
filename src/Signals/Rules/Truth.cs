namespace Grainwatch.Signals.Rules;

/// <summary>What a condition says. Only the first two are statements about the world.</summary>
public enum Truth
{
    /// <summary>The raise condition holds.</summary>
    True,

    /// <summary>The clear condition holds.</summary>
    False,

    /// <summary>Between the thresholds, or too little evidence for either.</summary>
    Hold,

    /// <summary>There is no data in the window.</summary>
    Missing,

    /// <summary>The condition could not be computed.</summary>
    Error,
}
