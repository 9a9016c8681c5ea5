namespace Grainwatch.Signals.Alerts;

/// <summary>One effect of a step and the branch that asked for it.</summary>
public readonly record struct AlertEffect(AlertEffectKind Kind, AlertReason Reason);
