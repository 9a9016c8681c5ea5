using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Ports;

/// <summary>What became of one attempt to publish.</summary>
/// <param name="Answer">What the outbox makes of it.</param>
/// <param name="MessageId">The receiver's id of the message, where it gives one.</param>
/// <param name="Detail">Why not, in words.</param>
public sealed record PublishResult(PublishAnswer Answer, string? MessageId = null, string? Detail = null);
