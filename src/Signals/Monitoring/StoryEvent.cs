namespace Grainwatch.Signals.Monitoring;

/// <summary>One thing that happened to an endpoint's alerts and incidents, at an instant of event time.</summary>
/// <param name="Time">When.</param>
public abstract record StoryEvent(Timestamp Time);
