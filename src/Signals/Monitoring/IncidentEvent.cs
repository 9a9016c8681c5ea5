using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Monitoring;

/// <summary>An incident opened, changed or ended.</summary>
/// <param name="Time">When.</param>
/// <param name="IncidentId">Which; never changes while it lives.</param>
/// <param name="State">open, updated or resolved.</param>
/// <param name="Endpoint">Whose.</param>
/// <param name="Severity">How loudly it speaks.</param>
/// <param name="Onset">When the trouble began.</param>
/// <param name="Diagnosis">What the correlator makes of it.</param>
/// <param name="Members">The alerts that it explains.</param>
public sealed record IncidentEvent(
    Timestamp Time,
    string IncidentId,
    string State,
    string Endpoint,
    Severity Severity,
    Timestamp Onset,
    Diagnosis Diagnosis,
    IReadOnlyList<StoryMember> Members) : StoryEvent(Time);
