namespace Grainwatch.Signals.Metrics;

/// <summary>What a rule makes of a gap that lasts too long. Missing is never zero.</summary>
public enum MissingPolicy
{
    /// <summary>Keep the state and mark it stale.</summary>
    Hold,

    /// <summary>Count the gap as True, by name.</summary>
    Breach,

    /// <summary>Let the alert end as "no data", never as "recovered".</summary>
    Clear,

    /// <summary>Tell the owner that the data stopped.</summary>
    NoData,

    /// <summary>Keep the state silently.</summary>
    Ignore,
}
