using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>What a receiver is told: for people and for programs. Never the text of an answer.</summary>
/// <param name="Id">The notification.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Reason">Why it is told.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Endpoint">Of which endpoint.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="AlarmName">The group's name, the same for its whole life.</param>
/// <param name="Subject">One printable line of fewer than 100 characters.</param>
/// <param name="Time">The clock when it was written.</param>
/// <param name="Incidents">Incidents, those that fire first.</param>
/// <param name="Notices">Alerts whose data stopped or whose evaluation fails.</param>
/// <param name="About">Whom a failed notification was for, or which test was asked for; null otherwise.</param>
/// <param name="IsUnrecorded">True: sent before it could be written; it may come twice.</param>
/// <param name="IsTest">True: somebody asked for it.</param>
public sealed record NotificationBody(
    string Id,
    NotificationKind Kind,
    NotifyReason Reason,
    Severity Severity,
    string Endpoint,
    string Receiver,
    string AlarmName,
    string Subject,
    Timestamp Time,
    ImmutableArray<BodyIncident> Incidents,
    ImmutableArray<BodyMember> Notices,
    string? About,
    bool IsUnrecorded,
    bool IsTest);
