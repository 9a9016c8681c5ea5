namespace Grainwatch.Signals.Alerts;

/// <summary>When an incident ends.</summary>
public enum IncidentResolution
{
    /// <summary>When no member fires any more.</summary>
    AllMembersEnded,

    /// <summary>When the member that opened it ends, or no member fires.</summary>
    OpenerEnded,
}
