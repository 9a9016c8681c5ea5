namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>A new version went live, and then what it serves got worse. See <see cref="ChangeDetector"/>.</summary>
internal sealed class BadRolloutDetector() : ChangeDetector(IncidentPattern.BadRollout, "deployment_event", "a deployment");
