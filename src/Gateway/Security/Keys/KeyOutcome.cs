namespace Grainwatch.Gateway.Security.Keys;

/// <summary>What became of a key that was shown.</summary>
public enum KeyOutcome
{
    /// <summary>It is one of ours, in time.</summary>
    Valid,

    /// <summary>It has not the form of a key.</summary>
    Malformed,

    /// <summary>No line has its id, or the line has another hash: nobody is told which.</summary>
    Unknown,

    /// <summary>It was one.</summary>
    Expired,
}
