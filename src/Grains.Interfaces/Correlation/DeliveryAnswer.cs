using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Interfaces.Correlation;

/// <summary>What became of one attempt at a notification.</summary>
/// <param name="NotificationId">Which.</param>
/// <param name="Answer">What the publisher said.</param>
/// <param name="MessageId">The publisher's own id, where it gave one.</param>
/// <param name="ClaimedAt">The clock of its claim.</param>
/// <param name="Detail">Why not, in words.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.delivery-answer")]
public sealed record DeliveryAnswer(
    [property: Id(0)] string NotificationId,
    [property: Id(1)] PublishAnswer Answer,
    [property: Id(2)] string? MessageId,
    [property: Id(3)] Timestamp ClaimedAt,
    [property: Id(4)] string? Detail = null);
