namespace Grainwatch.Signals.Ports;

/// <summary>What a receiver said. An adapter classifies and retries nothing itself.</summary>
public enum PublishOutcome
{
    /// <summary>It has the message.</summary>
    Delivered,

    /// <summary>Nobody knows: the answer did not come.</summary>
    Uncertain,

    /// <summary>It refused, and may accept later.</summary>
    Retryable,

    /// <summary>It refused for good.</summary>
    Refused,
}
