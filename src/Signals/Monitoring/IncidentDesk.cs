using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Correlation.Patterns;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Monitoring;

/// <summary>
/// Holds the alerts of one endpoint and steps them: verdicts in, incidents with causes and notifications out. The shell
/// calls <see cref="Fold"/>, answers every wanted diagnosis with <see cref="Diagnose"/>, then calls <see cref="Tick"/>,
/// writes <see cref="State"/>, and publishes.
/// </summary>
/// <remarks>Not thread-safe: one desk, one caller.</remarks>
public sealed class IncidentDesk(EndpointAlertsState state, AlertContext context, CorrelatorOptions correlation)
{
    /// <summary>Causes that an incident names, at the most.</summary>
    public const int Causes = 5;

    /// <summary>
    /// An incident older than this keeps its explanation: what was normal before it is about to leave the windows.
    /// </summary>
    public static readonly TimeSpan ExplainedFor = TimeSpan.FromHours(1);

    // What was said last, by fingerprint.
    private readonly Dictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    public EndpointAlertsState State { get; private set; } = state;

    public AlertContext Context { get; set; } = context;

    /// <summary>Takes verdicts in. Nothing is told before <see cref="Tick"/>.</summary>
    public DeskStep Fold(IReadOnlyList<Verdict> verdicts, Timestamp now)
    {
        foreach (Verdict verdict in verdicts)
        {
            _verdicts[Context.Fingerprints.Of(verdict.RuleId, verdict.Entity, verdict.Residual)] = verdict;
        }

        return Step(new EndpointInput.Verdicts([.. verdicts]), now);
    }

    /// <summary>The rules have changed: ends what no verdict will speak of again. Nothing is told before <see cref="Tick"/>.</summary>
    /// <param name="rules">As they are now; <see cref="Context"/> carries them already.</param>
    /// <param name="now">The clock.</param>
    public DeskStep Sweep(RuleSet rules, Timestamp now)
    {
        foreach ((string fingerprint, _) in _verdicts.Where(v => !Context.Policies.ContainsKey(v.Value.RuleId)).ToList())
        {
            _verdicts.Remove(fingerprint);
        }

        return DeskStep.Join([.. RuleSweep.Inputs(State, rules, Context.Topology).Select(input => Step(input, now))]);
    }

    /// <summary>Explains an incident by the series of its endpoint.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="series">All series of the endpoint, as far back as there are any.</param>
    /// <param name="now">The clock.</param>
    public DeskStep Diagnose(EndpointEffect.DiagnosisWanted wanted, IReadOnlyList<SeriesData> series, Timestamp now)
    {
        IncidentState? incident = State.Incidents.GetValueOrDefault(wanted.IncidentId);
        EntityId target = (incident?.Members[0] ?? wanted.Members[0]).Entity;
        Verdict[] verdicts = [.. _verdicts.Values
            .OrderBy(v => v.RuleId, StringComparer.Ordinal).ThenBy(v => v.Entity).ThenBy(v => v.Residual.ToString(), StringComparer.Ordinal)];
        DiagnosisRequest request = new(Context.Topology, series, target, null, now, verdicts, Causes, correlation)
        {
            Since = incident?.OpenedAt,
            Known = incident?.Pattern ?? IncidentPattern.Unknown,
        };
        Diagnosis? told = incident?.Diagnosis is { Pattern: not IncidentPattern.Unknown } named ? named : null;
        bool isOld = told is not null && now - incident!.OpenedAt > ExplainedFor;
        Diagnosis diagnosis = isOld ? told! : Correlator.Diagnose(request) ?? Unexplained(target, wanted);
        diagnosis = told is not null && PatternCatalogue.Stays(told.Pattern, diagnosis.Pattern) ? told : diagnosis;
        return Step(new EndpointInput.Diagnosed(wanted.IncidentId, diagnosis, diagnosis.ExhaustionIsNear), now);
    }

    /// <summary>Lets time pass and decides what is told.</summary>
    public DeskStep Tick(Timestamp now) => Step(new EndpointInput.Tick(), now);

    /// <summary>Takes a publisher's answer in.</summary>
    public DeskStep Answer(string rowId, PublishAnswer answer, string? messageId, Timestamp now) =>
        Step(new EndpointInput.Answered(rowId, answer, messageId), now);

    /// <summary>Decides a tick once more whose outcome could not be written: nothing goes out but what may go unrecorded.</summary>
    /// <param name="before">The state before that tick.</param>
    /// <param name="since">Since when the store has refused.</param>
    /// <param name="now">The clock.</param>
    public DeskStep TickUnrecorded(EndpointAlertsState before, Timestamp since, Timestamp now)
    {
        State = before;
        return Step(new EndpointInput.StoreRefused(since), now);
    }

    /// <summary>Somebody takes care of an incident.</summary>
    public DeskStep Acknowledge(string incidentId, string by, Timestamp now) => Step(new EndpointInput.Acknowledged(incidentId, by), now);

    /// <summary>Plans a marked test page; the next tick sends it.</summary>
    public DeskStep RequestTest(string receiver, string requestId, Timestamp now) => Step(new EndpointInput.TestRequested(receiver, requestId), now);

    private DeskStep Step(EndpointInput input, Timestamp now)
    {
        EndpointStep step = EndpointAlerts.Step(State, input, Context, now);
        State = step.State;
        List<StoryEvent> story = [];
        List<EndpointEffect.DiagnosisWanted> diagnoses = [];
        List<EndpointEffect.PublishWanted> publish = [];
        List<OutboxRow> finished = [];
        foreach (EndpointEffect effect in step.Effects)
        {
            switch (effect)
            {
                case EndpointEffect.DiagnosisWanted wanted:
                    diagnoses.Add(wanted);
                    break;
                case EndpointEffect.PublishWanted wanted:
                    publish.Add(wanted);
                    story.Add(DeskStory.Notification(wanted, now));
                    break;
                case EndpointEffect.NotificationFinished done:
                    finished.Add(done.Row);
                    break;
                case EndpointEffect.TransitionRecorded transition:
                    story.Add(DeskStory.Transition(transition, Context.Topology));
                    break;
                case EndpointEffect.IncidentChanged changed:
                    if (IsNews(changed))
                    {
                        story.Add(DeskStory.Incident(changed, Context.Topology, now));
                    }

                    break;
            }
        }

        return new DeskStep(story, diagnoses, publish, finished, step.MustWrite);
    }

    /// <summary>An update is told when a reader would notice: its members, its pattern, its first cause or its severity changed.</summary>
    private bool IsNews(EndpointEffect.IncidentChanged changed)
    {
        IncidentState incident = changed.Incident;
        if (changed.Change == IncidentChange.Resolved)
        {
            _told.Remove(incident.Id);
            return true;
        }

        IEnumerable<string> members = incident.Members.Select(m => $"{m.EpisodeId}{(m.IsFiring ? "+" : "-")}");
        string seen = $"{incident.Severity} {incident.Pattern} {incident.FirstCause} {incident.Acknowledgement?.By} {string.Join(' ', members)}";
        bool isNews = changed.Change == IncidentChange.Opened || _told.GetValueOrDefault(incident.Id) != seen;
        _told[incident.Id] = seen;
        return isNews;
    }

    private static Diagnosis Unexplained(EntityId target, EndpointEffect.DiagnosisWanted wanted) => new(
        target,
        null,
        IncidentPattern.Unknown,
        null,
        [],
        [],
        $"{target}: {wanted.Members[0].RuleId}",
        $"{wanted.Members[0].Text} No series of the endpoint deviates from its own past.",
        0);
}
