namespace Grainwatch.Signals.Alerts;

/// <summary>Why people have been told of an alert, or have not.</summary>
public enum PageState
{
    /// <summary>Nothing of the rule is open for the entity.</summary>
    NothingOpen,

    /// <summary>Its condition has not held for long enough.</summary>
    Pending,

    /// <summary>The rule is only observed.</summary>
    Observed,

    /// <summary>All that fires in its incident is held back.</summary>
    Suppressed,

    /// <summary>The silences are not known yet.</summary>
    AwaitsSilences,

    /// <summary>The first page waits for the cause.</summary>
    AwaitsDiagnosis,

    /// <summary>Its group is not told before its time.</summary>
    AwaitsGroup,

    /// <summary>A notification is on its way.</summary>
    UnderWay,

    /// <summary>At least one receiver knows.</summary>
    Told,

    /// <summary>It could not be delivered to anybody.</summary>
    Lost,
}
