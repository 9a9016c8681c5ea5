namespace Grainwatch.Signals.Alerts;

/// <summary>What one step of an endpoint's alerts yields.</summary>
/// <param name="State">Afterwards.</param>
/// <param name="Effects">In order; carried out only after the write where <paramref name="MustWrite"/> is true.</param>
/// <param name="Decisions">Every branch that was taken, "nothing" included.</param>
/// <param name="MustWrite">True: more than clocks and counters changed.</param>
public sealed record EndpointStep(
    EndpointAlertsState State,
    IReadOnlyList<EndpointEffect> Effects,
    IReadOnlyList<AlertDecision> Decisions,
    bool MustWrite);
