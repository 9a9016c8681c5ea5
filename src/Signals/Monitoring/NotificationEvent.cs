using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Monitoring;

/// <summary>A notification was decided, or held back.</summary>
/// <param name="Time">When.</param>
/// <param name="NotificationId">The same for every attempt at it.</param>
/// <param name="IncidentId">Of which incident; null: a fault of a source or judge, or a heartbeat.</param>
/// <param name="Kind">FIRING, RESOLVED, NODATA, …</param>
/// <param name="Reason">Why it is sent: FIRST, NEW, …</param>
/// <param name="Severity">How loudly.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Subject">Its first line.</param>
/// <param name="SuppressedBy">What held it back; null: nothing.</param>
public sealed record NotificationEvent(
    Timestamp Time,
    string NotificationId,
    string? IncidentId,
    string Kind,
    string Reason,
    Severity Severity,
    string Receiver,
    string Subject,
    string? SuppressedBy) : StoryEvent(Time);
