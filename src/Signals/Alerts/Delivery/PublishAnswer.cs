namespace Grainwatch.Signals.Alerts;

/// <summary>What a publisher says of one attempt. It retries nothing itself.</summary>
public enum PublishAnswer
{
    Accepted,

    /// <summary>Refused, and another attempt may succeed.</summary>
    RefusedForNow,

    /// <summary>Refused, and no other attempt can succeed.</summary>
    RefusedForGood,

    /// <summary>No answer: it may have arrived.</summary>
    None,
}
