using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One notification and what became of it.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.notification-view")]
public sealed record NotificationView(
    [property: Id(0)] string Id,
    [property: Id(1)] Timestamp Time,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Reason,
    [property: Id(4)] string Receiver,
    [property: Id(5)] string State,
    [property: Id(6)] string Subject);
