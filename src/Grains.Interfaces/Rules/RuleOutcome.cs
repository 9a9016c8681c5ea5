namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>What became of a <see cref="RuleChange"/>.</summary>
public enum RuleOutcome
{
    /// <summary>It is in force.</summary>
    Taken,

    /// <summary>The rules were these already; no version was made.</summary>
    Same,

    /// <summary>The text has faults; all of them are named.</summary>
    Faulty,

    /// <summary>Others are in force than the asker had read.</summary>
    OtherVersion,

    /// <summary>The request key belongs to another request.</summary>
    OtherRequest,

    /// <summary>Rules of these ids are there already.</summary>
    Twice,

    /// <summary>There would be more than there may be.</summary>
    TooMany,
}
