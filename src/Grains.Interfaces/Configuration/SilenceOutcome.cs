namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>What became of a change to the silences.</summary>
public enum SilenceOutcome
{
    Taken,

    /// <summary>There is none of that id.</summary>
    Unknown,

    /// <summary>There are as many as there may be; what is there stays.</summary>
    TooMany,

    /// <summary>The silences changed since they were read.</summary>
    OtherVersion,
}
