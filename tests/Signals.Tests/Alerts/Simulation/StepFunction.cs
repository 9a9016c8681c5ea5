using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>The function under test, so that a broken one can take its place.</summary>
public delegate EndpointStep StepFunction(EndpointAlertsState state, EndpointInput input, AlertContext context, Timestamp now);
