using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Correlation;

/// <summary>One notification, and in one word what became of it; null: it is on its way.</summary>
internal sealed record HistoryNotification(NotificationEvent Event, string? Outcome);
