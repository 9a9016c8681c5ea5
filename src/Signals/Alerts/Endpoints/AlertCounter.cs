namespace Grainwatch.Signals.Alerts;

/// <summary>What is counted: every drop, every refusal and every bound that was reached has a name.</summary>
public enum AlertCounter
{
    /// <summary>Verdicts of an activation that a younger one has replaced.</summary>
    VerdictLowerEpoch,

    /// <summary>Verdicts that certify nothing new.</summary>
    VerdictOutdated,

    /// <summary>Verdicts of a rule that does not exist here.</summary>
    VerdictUnknownRule,

    /// <summary>Verdicts of another version of their rule.</summary>
    VerdictOtherVersion,

    /// <summary>Verdicts whose event time lies ahead of the clock by more than the limit.</summary>
    VerdictFromTheFuture,

    /// <summary>New alerts that were refused because the endpoint has too many.</summary>
    InstanceLimit,

    /// <summary>New incidents that were refused because too many are open; the alert goes on and asks again.</summary>
    IncidentLimit,

    /// <summary>New members that were refused because the incident has too many.</summary>
    MemberLimit,

    /// <summary>New groups that were refused.</summary>
    GroupLimit,

    /// <summary>New notifications that wait because the outbox is full.</summary>
    OutboxLimit,

    /// <summary>Changes that were refused because the written state would grow beyond its bound.</summary>
    HeadLimit,

    NearMiss,
    Flap,

    /// <summary>Answers of a publisher for a row that is finished or unknown.</summary>
    LateAnswer,

    /// <summary>Pages that went out before they could be written.</summary>
    Unrecorded,
}
