using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>Decides what is held back: inhibition, silences and composites, from one snapshot. Times belong to routes.</summary>
/// <remarks>
/// An incident is held back only when every one of its members that fires is: a silence for one alert never hides
/// another. All reasons are recorded, in the order of <see cref="SuppressionKind"/>.
/// </remarks>
internal static class SuppressionStage
{
    private sealed record Subject(string Fingerprint, AlertLabels Labels);

    public static ImmutableArray<Notifiable> Judge(EndpointRun run, ImmutableArray<Notifiable> open)
    {
        ImmutableDictionary<string, bool?> composites = EvaluateComposites(run);
        if (open.IsEmpty)
        {
            return open;
        }

        ImmutableArray<ImmutableArray<Subject>> subjects = [.. open.Select(o => SubjectsOf(run, o))];
        ImmutableArray<Subject> sources = run.Context.Inhibitions.IsEmpty ? [] : [.. subjects.SelectMany(s => s)];
        return [.. open.Select((member, i) => WithSuppressions(run, member, subjects[i], sources, composites))];
    }

    private static Notifiable WithSuppressions(
        EndpointRun run,
        Notifiable member,
        ImmutableArray<Subject> subjects,
        ImmutableArray<Subject> sources,
        ImmutableDictionary<string, bool?> composites)
    {
        SortedDictionary<(SuppressionKind, string), Suppression> all = [];
        foreach (Subject subject in subjects)
        {
            bool isHeld = false;
            foreach (Suppression reason in Reasons(run, member, subject, sources, composites))
            {
                all[(reason.Kind, reason.By)] = reason;
                isHeld = true;
            }

            if (!isHeld)
            {
                return member;
            }
        }

        return member with { Suppressions = [.. all.Values] };
    }

    private static IEnumerable<Suppression> Reasons(
        EndpointRun run,
        Notifiable member,
        Subject subject,
        ImmutableArray<Subject> sources,
        ImmutableDictionary<string, bool?> composites)
    {
        foreach (InhibitRule rule in run.Context.Inhibitions)
        {
            if (subject.Labels.Match(rule.Target) && !subject.Labels.Match(rule.Source) && sources.Any(s => Inhibits(rule, s, subject)))
            {
                yield return new Suppression(SuppressionKind.Inhibited, rule.Name);
            }
        }

        foreach (Silence silence in run.Context.Silences)
        {
            if (silence.IsActive(run.Now) && subject.Labels.Match(silence.Matchers))
            {
                yield return new Suppression(SuppressionKind.Silenced, silence.Id);
            }
        }

        foreach (CompositeSuppressor composite in run.Context.Composites)
        {
            if (subject.Labels.Match(composite.Target) && IsHeldBy(run, member, composite, composites[composite.Name]))
            {
                yield return new Suppression(SuppressionKind.Composite, composite.Name);
            }
        }
    }

    private static bool Inhibits(InhibitRule rule, Subject source, Subject target) =>
        source.Labels.Match(rule.Source)
        && rule.Equal.All(l => source.Labels[l] is { } value && string.Equals(value, target.Labels[l], StringComparison.Ordinal));

    private static bool IsHeldBy(EndpointRun run, Notifiable member, CompositeSuppressor composite, bool? isTrue)
    {
        if (isTrue == true)
        {
            return true;
        }

        bool isExtended = run.State.CompositeTrueAt.TryGetValue(composite.Name, out Timestamp last)
            && run.Now >= last && run.Now - last < composite.Extension;
        bool isWaiting = member.IncidentId is { } id && run.State.Incidents[id] is { } incident
            && incident.AnnouncedCause is null && run.Now >= incident.OpenedAt && run.Now - incident.OpenedAt < composite.Wait;
        return isExtended || isWaiting;
    }

    private static ImmutableDictionary<string, bool?> EvaluateComposites(EndpointRun run)
    {
        ImmutableDictionary<string, bool?> values = ImmutableDictionary<string, bool?>.Empty;
        if (run.Context.Composites.IsEmpty)
        {
            return values;
        }

        ImmutableArray<(AlertInstance Alert, AlertLabels Labels)> alerts =
            [.. run.State.Instances.Values.Select(a => (a, Notifiables.LabelsOf(AlertLabels.Empty.With(AlertLabels.Endpoint, run.Context.Endpoint), a)))];
        foreach (CompositeSuppressor composite in run.Context.Composites)
        {
            bool? value = composite.When.Evaluate(m => Fires(alerts, m));
            values = values.SetItem(composite.Name, value);
            if (value == true)
            {
                run.MustWrite |= !run.State.CompositeTrueAt.ContainsKey(composite.Name);
                run.State = run.State with { CompositeTrueAt = run.State.CompositeTrueAt.SetItem(composite.Name, run.Now) };
            }
        }

        return values;
    }

    private static bool? Fires(ImmutableArray<(AlertInstance Alert, AlertLabels Labels)> alerts, ImmutableArray<Matcher> matchers)
    {
        bool isKnown = false;
        bool isAllKnown = true;
        foreach ((AlertInstance alert, AlertLabels labels) in alerts)
        {
            if (labels.Match(matchers))
            {
                if (alert.IsFiring)
                {
                    return true;
                }

                isKnown = true;
                isAllKnown &= alert is { State: not (AlertState.Unknown or AlertState.NoData), IsStale: false, FaultedSince: null };
            }
        }

        return isKnown && isAllKnown ? false : null;
    }

    private static ImmutableArray<Subject> SubjectsOf(EndpointRun run, Notifiable member) => member.IncidentId is { } id
        ? [.. run.State.Incidents[id].Members.Where(m => m.IsFiring).Select(m => SubjectOf(run, member, m))]
        : [new Subject(member.Fingerprint!, member.Labels)];

    private static Subject SubjectOf(EndpointRun run, Notifiable incident, IncidentMember member) =>
        new(member.Fingerprint, run.State.Instances.TryGetValue(member.Fingerprint, out AlertInstance? alert)
            ? Notifiables.LabelsOf(incident.Labels, alert)
            : Notifiables.LabelsOf(incident.Labels, member));
}
