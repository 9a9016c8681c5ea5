namespace Grainwatch.Signals.Ports;

/// <summary>A receiver's answer.</summary>
/// <param name="Outcome">What became of the message.</param>
/// <param name="MessageId">The receiver's id of it, where it gives one.</param>
/// <param name="Detail">Why not, in words.</param>
public sealed record PublishAnswer(PublishOutcome Outcome, string? MessageId = null, string? Detail = null);
