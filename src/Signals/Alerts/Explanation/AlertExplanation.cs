using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Where one alert stands on its way to people, and what holds it back.</summary>
/// <param name="Alert">The alert; null: nothing was said of it yet.</param>
/// <param name="Incident">The open incident that it is a firing member of; null: none.</param>
/// <param name="State">Told or not, and why.</param>
/// <param name="Suppressions">What holds the whole page back; empty: nothing.</param>
/// <param name="Silences">Silences that match this alert now, also where others of its incident are told.</param>
/// <param name="Receivers">By receiver.</param>
public sealed record AlertExplanation(
    AlertInstance? Alert,
    IncidentState? Incident,
    PageState State,
    ImmutableArray<Suppression> Suppressions,
    ImmutableArray<Silence> Silences,
    ImmutableArray<ReceiverWord> Receivers)
{
    /// <summary>Explains one alert by the state alone; changes nothing.</summary>
    /// <param name="state">The alerts of the endpoint.</param>
    /// <param name="context">What they are judged with.</param>
    /// <param name="fingerprint">Which alert.</param>
    /// <param name="now">The clock.</param>
    public static AlertExplanation Of(EndpointAlertsState state, AlertContext context, string fingerprint, Timestamp now)
    {
        EndpointRun run = new(state, context, now);
        AlertInstance? alert = state.Instances.GetValueOrDefault(fingerprint);
        IncidentState? incident = state.OpenIncidents.FirstOrDefault(i => i.Members.Any(m => m.IsFiring && m.Fingerprint == fingerprint));
        if (alert is null)
        {
            return new AlertExplanation(null, incident, PageState.NothingOpen, [], [], []);
        }

        Notifiable? open = SuppressionStage.Judge(run, Notifiables.Open(run))
            .FirstOrDefault(n => incident is null ? n.Fingerprint == fingerprint : n.IncidentId == incident.Id);
        AlertLabels labels = Notifiables.LabelsOf(open?.Labels ?? AlertLabels.Empty.With(AlertLabels.Endpoint, context.Endpoint), alert);
        ImmutableArray<ReceiverWord> words = open is null ? [] : Words(state, open.Episode);
        return new AlertExplanation(
            alert,
            incident,
            StateOf(run, alert, open, words),
            open?.Suppressions ?? [],
            [.. context.Silences.Where(s => s.IsActive(now) && labels.Match(s.Matchers))],
            words);
    }

    private static PageState StateOf(EndpointRun run, AlertInstance alert, Notifiable? open, ImmutableArray<ReceiverWord> words)
    {
        if (open is null)
        {
            bool isObserved = run.Context.Policies.GetValueOrDefault(alert.RuleId) is { IsObserved: true };
            return alert.IsFiring && isObserved ? PageState.Observed
                : alert.State == AlertState.Pending ? PageState.Pending
                : PageState.NothingOpen;
        }

        foreach (PageState known in new[] { PageState.Told, PageState.UnderWay })
        {
            if (words.Any(w => w.State == known))
            {
                return known;
            }
        }

        return !open.Suppressions.IsEmpty ? PageState.Suppressed
            : !run.Context.AreSilencesLoaded ? PageState.AwaitsSilences
            : Notifiables.IsAwaitingDiagnosis(run, open) ? PageState.AwaitsDiagnosis
            : words.Any(w => w.State == PageState.Lost) ? PageState.Lost
            : PageState.AwaitsGroup;
    }

    private static ImmutableArray<ReceiverWord> Words(EndpointAlertsState state, string episode)
    {
        ImmutableArray<ReceiverWord>.Builder words = ImmutableArray.CreateBuilder<ReceiverWord>();
        foreach (AlertGroup group in state.Groups.Values)
        {
            bool isUnderWay = state.Rows.Values.Any(r => r.GroupKey == group.Key && r.Firing.Contains(episode));
            PageState? known = group.Told.Contains(episode) ? PageState.Told
                : isUnderWay ? PageState.UnderWay
                : group.Lost.Contains(episode) ? PageState.Lost
                : group.Origin == episode ? PageState.AwaitsGroup
                : null;
            if (known is { } word)
            {
                words.Add(new ReceiverWord(group.Receiver, word, group.FlushAt, group.SentAt));
            }
        }

        return words.DrainToImmutable();
    }
}
