namespace Grainwatch.Grains.Interfaces.Correlation;

/// <summary>What became of a word on an incident.</summary>
public enum FeedbackOutcome
{
    /// <summary>It is stored.</summary>
    Taken,

    /// <summary>The same request came before; nothing was stored again.</summary>
    Repeated,

    /// <summary>The request key belongs to another word.</summary>
    OtherRequest,

    /// <summary>There are as many as there may be; what is there stays.</summary>
    TooMany,

    /// <summary>The incident is not remembered.</summary>
    Unknown,

    /// <summary>The store refused.</summary>
    NotStored,
}
