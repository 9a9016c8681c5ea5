namespace Grainwatch.Signals.Alerts;

/// <summary>What one step of the machine asks its surroundings to do or to count.</summary>
public enum AlertEffectKind
{
    EpisodeStarted,
    Fire,
    Resolve,
    NoData,
    NoDataResolved,
    Fault,
    FaultResolved,

    /// <summary>Count a near miss.</summary>
    NearMiss,

    /// <summary>Count a flap.</summary>
    Flap,

    /// <summary>Tell the owner of the rule that a recovery has been paused for a day.</summary>
    OwnerTold,
}
