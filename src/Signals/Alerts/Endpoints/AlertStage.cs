namespace Grainwatch.Signals.Alerts;

/// <summary>The stages of a step, in their order.</summary>
public enum AlertStage
{
    Machine,
    Incident,
    Suppression,
    Notify,
    Outbox,
    Limit,
}
