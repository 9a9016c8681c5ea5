namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>An adapter was loaded, changed or removed, and then the component that serves it got worse. See <see cref="ChangeDetector"/>.</summary>
internal sealed class AdapterChangeDetector() : ChangeDetector(IncidentPattern.AdapterChange, "adapter_change_event", "an adapter change");
