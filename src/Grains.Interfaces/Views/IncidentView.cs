using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One incident with its causes and their evidence. Times are event time; the wall clock says when it was noticed here.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.incident-view")]
public sealed record IncidentView(
    [property: Id(0)] string Id,
    [property: Id(1)] string State,
    [property: Id(2)] string Endpoint,
    [property: Id(3)] string Pattern,
    [property: Id(4)] string Severity,
    [property: Id(5)] Timestamp Onset,
    [property: Id(6)] Timestamp OpenedAt,
    [property: Id(7)] Timestamp UpdatedAt,
    [property: Id(8)] Timestamp? ResolvedAt,
    [property: Id(9)] string Title,
    [property: Id(10)] string Summary,
    [property: Id(11)] CauseView[] Causes,
    [property: Id(12)] MemberView[] Members,
    [property: Id(13)] string[] RuledOut,
    [property: Id(14)] NotificationView[] Notifications,
    [property: Id(15)] Timestamp OpenedAtWallClock,
    [property: Id(16)] string? AcknowledgedBy = null,
    [property: Id(17)] FeedbackView[]? Feedback = null);
