namespace Grainwatch.Signals.Rules;

/// <summary>How a receiver is reached.</summary>
public enum ReceiverKind
{
    /// <summary>The log of the process.</summary>
    Log,

    /// <summary>An Amazon SNS topic.</summary>
    Sns,

    /// <summary>HTTP POST to a URL.</summary>
    Webhook,

    /// <summary>HTTP POST of a heartbeat, so that somebody else notices when nothing is sent any more.</summary>
    Watchdog,
}
