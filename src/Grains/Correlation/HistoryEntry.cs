using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Correlation;

/// <summary>One incident as it was said last.</summary>
internal sealed record HistoryEntry(Timestamp OpenedAt, Timestamp OpenedAtWallClock, IncidentEvent Latest, List<HistoryNotification> Notifications)
{
    public IncidentEvent Latest { get; set; } = Latest;

    /// <summary>What people think of it, in the order in which they said so.</summary>
    public List<HistoryFeedback> Feedback { get; init; } = [];

    public bool IsOpen => Latest.State != "resolved";
}
