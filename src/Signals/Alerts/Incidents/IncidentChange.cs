namespace Grainwatch.Signals.Alerts;

/// <summary>What happened to an incident.</summary>
public enum IncidentChange
{
    Opened,
    Updated,
    Resolved,
}
