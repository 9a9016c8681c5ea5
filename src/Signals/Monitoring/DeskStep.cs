using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Monitoring;

/// <summary>What one step of the incident desk asks of its shell.</summary>
/// <param name="Story">What happened, in order.</param>
/// <param name="Diagnoses">Incidents that want an explanation; answer with <see cref="IncidentDesk.Diagnose"/>.</param>
/// <param name="Publish">What is to be sent once the state is written; answer with <see cref="IncidentDesk.Answer"/>.</param>
/// <param name="Finished">Notifications whose way has ended: sent, uncertain for good, dead or cancelled.</param>
/// <param name="MustWrite">True: more than clocks and counters changed.</param>
public sealed record DeskStep(
    IReadOnlyList<StoryEvent> Story,
    IReadOnlyList<EndpointEffect.DiagnosisWanted> Diagnoses,
    IReadOnlyList<EndpointEffect.PublishWanted> Publish,
    IReadOnlyList<OutboxRow> Finished,
    bool MustWrite)
{
    /// <summary>Several steps as one, in their order.</summary>
    public static DeskStep Join(IReadOnlyList<DeskStep> steps) => new(
        [.. steps.SelectMany(s => s.Story)],
        [.. steps.SelectMany(s => s.Diagnoses)],
        [.. steps.SelectMany(s => s.Publish)],
        [.. steps.SelectMany(s => s.Finished)],
        steps.Any(s => s.MustWrite));
}
