namespace Grainwatch.Signals.Alerts;

/// <summary>Where one notification stands on its way out.</summary>
public enum OutboxStatus
{
    /// <summary>Decided and written, not attempted.</summary>
    Planned,

    /// <summary>One activation is publishing it until a stated time.</summary>
    Claimed,

    /// <summary>The publisher took it.</summary>
    Sent,

    /// <summary>An attempt got no answer: it may have arrived.</summary>
    Uncertain,

    /// <summary>The publisher refused it for now.</summary>
    Retrying,

    /// <summary>Given up; the fallback receiver is told.</summary>
    Dead,

    /// <summary>No longer wanted before any attempt could have arrived.</summary>
    Cancelled,
}
