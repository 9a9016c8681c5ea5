namespace Grainwatch.Signals.Alerts;

/// <summary>One decision of a step, for logs, spans and "explain": what it was about, which stage, which branch.</summary>
/// <param name="Subject">Fingerprint, incident id, group key or row id.</param>
/// <param name="Stage">The stage that decided.</param>
/// <param name="Branch">The name of its reason.</param>
/// <param name="By">What held it back, in order; null: nothing did.</param>
public readonly record struct AlertDecision(string Subject, AlertStage Stage, string Branch, string? By = null);
