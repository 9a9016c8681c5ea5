using System.Collections.Immutable;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>Folds alerts that fire and end into incidents, and runs each incident through the same machine as an alert.</summary>
/// <remarks>
/// An incident opens only for an alert that fires, takes in others only while it is open, and is true while a member
/// fires. An episode belongs to one incident for its whole life: it neither moves nor returns.
/// </remarks>
internal static class IncidentFolding
{
    private const string IncidentRule = "incident";

    private static readonly AlertPolicy Life = new(
        IncidentRule, IncidentRule, For: default, 0, 0, Keep: default, MissingPolicy.Hold, Severity.Page, false,
        MaxGap: default, StaleAfter: TimeSpan.MaxValue, ErrorFor: TimeSpan.MaxValue);

    /// <summary>Takes one step of an alert into the incidents.</summary>
    public static void Follow(EndpointRun run, AlertInstance before, AlertStep step, AlertPolicy policy)
    {
        string? ended = before.IsFiring ? before.Episode.EpisodeId : null;
        string? fires = step.State is { IsFiring: true } after ? after.Episode.EpisodeId : null;
        if (ended is not null && !string.Equals(ended, fires, StringComparison.Ordinal))
        {
            EndMember(run, ended, step, before.LastAsOf);
        }

        if (fires is not null && !policy.IsObserved)
        {
            EnsureMember(run, step.State!, fires, policy);
        }
    }

    /// <summary>Steps every incident whose members changed.</summary>
    public static void Settle(EndpointRun run)
    {
        foreach (string id in run.Touched)
        {
            IncidentState incident = run.State.Incidents[id];
            bool isTrue = IsTrue(incident, run.Context.Limits.Resolution);
            bool isNew = incident.Alert.State == AlertState.Unknown;
            Timestamp asOf = NextAsOf(run, incident);
            AlertInput.Observation seen = new(
                isTrue ? Truth.True : Truth.False, isNew ? incident.Onset : asOf, asOf, TimeSpan.Zero, 0, false, Evidence.None);
            AlertStep step = AlertMachine.Step(incident.Alert, seen, Life, run.Now);
            run.Decide(id, AlertStage.Incident, step.Reason.ToString());
            incident = WithSeverity(run, incident with { Alert = step.State! });
            incident = isTrue ? incident : incident with { EndedAt = asOf, EndReason = LastEnd(incident) };
            run.Put(incident);
            IncidentChange change = isNew ? IncidentChange.Opened : isTrue ? IncidentChange.Updated : IncidentChange.Resolved;
            run.Add(new EndpointEffect.IncidentChanged(change, incident));
            if (isTrue)
            {
                run.Add(new EndpointEffect.DiagnosisWanted(id, [.. incident.Members.Where(m => m.IsFiring)], incident.Onset));
            }
        }

        run.Touched.Clear();
    }

    public static void Diagnose(EndpointRun run, EndpointInput.Diagnosed diagnosed)
    {
        if (run.State.Incidents.GetValueOrDefault(diagnosed.IncidentId) is not { IsOpen: true } incident)
        {
            run.Decide(diagnosed.IncidentId, AlertStage.Incident, "NotOpen");
            return;
        }

        IncidentState next = WithSeverity(run, incident with
        {
            Diagnosis = DiagnosisBound.Apply(diagnosed.Diagnosis),
            IsExhaustionNear = diagnosed.IsExhaustionNear,
        });
        run.Put(next);
        run.Decide(next.Id, AlertStage.Incident, next.IsCauseChanged ? "CauseChanged" : "Diagnosed");
        run.Add(new EndpointEffect.IncidentChanged(IncidentChange.Updated, next));
    }

    public static void Acknowledge(EndpointRun run, EndpointInput.Acknowledged acknowledged)
    {
        if (run.State.Incidents.GetValueOrDefault(acknowledged.IncidentId) is not { IsOpen: true } incident)
        {
            run.Decide(acknowledged.IncidentId, AlertStage.Incident, "NotOpen");
            return;
        }

        IncidentState next = incident with { Acknowledgement = new Acknowledgement(acknowledged.By, run.Now) };
        run.Put(next);
        run.Decide(next.Id, AlertStage.Incident, "Acknowledged");
        run.Add(new EndpointEffect.IncidentChanged(IncidentChange.Updated, next));
    }

    /// <summary>Forgets ended incidents of which everybody who was to be told has been told.</summary>
    public static void Prune(EndpointRun run)
    {
        foreach (IncidentState incident in run.State.Incidents.Values)
        {
            if (!incident.IsOpen && !IsSpokenOf(run.State, incident.EpisodeId))
            {
                run.State = run.State with { Incidents = run.State.Incidents.Remove(incident.Id) };
                run.MustWrite = true;
            }
        }
    }

    private static bool IsSpokenOf(EndpointAlertsState state, string episode) =>
        state.Groups.Values.Any(g => NotifyDecision.Has(g.Told, episode))
        || state.Rows.Values.Any(r => NotifyDecision.Has(r.Firing, episode) || NotifyDecision.Has(r.Ended, episode));

    private static void EndMember(EndpointRun run, string episode, AlertStep step, Timestamp? lastAsOf)
    {
        AlertReason reason = step.Reason;
        foreach (AlertEffect effect in step.Effects)
        {
            reason = effect.Kind == AlertEffectKind.Resolve ? effect.Reason : reason;
        }

        foreach (IncidentState incident in run.State.OpenIncidents)
        {
            int at = IndexOf(incident, episode);
            if (at >= 0 && incident.Members[at].IsFiring)
            {
                IncidentMember ended = incident.Members[at] with { EndedAt = step.State?.LastAsOf ?? lastAsOf ?? run.Now, EndReason = reason };
                run.Put(incident with { Members = incident.Members.SetItem(at, ended) });
                run.Touched.Add(incident.Id);
            }
        }
    }

    private static void EnsureMember(EndpointRun run, AlertInstance alert, string episode, AlertPolicy policy)
    {
        if (run.State.Incidents.Values.Any(i => IndexOf(i, episode) >= 0))
        {
            return;
        }

        Timestamp onset = alert.Episode.Onset!.Value;
        IncidentMember member = new(
            alert.Fingerprint, episode, alert.RuleId, alert.Entity, policy.Severity, onset, DiagnosisBound.Cut(alert.Evidence.Text));
        if (Joinable(run, alert.Entity, onset) is { } incident)
        {
            Join(run, incident, member);
        }
        else
        {
            Open(run, member);
        }
    }

    /// <summary>The oldest open incident that the alert may have to do with; ties by id.</summary>
    private static IncidentState? Joinable(EndpointRun run, EntityId entity, Timestamp onset) => run.State.OpenIncidents
        .Where(i => IsClose(i.Onset, onset, run.Context.Limits.OnsetWithin)
            || i.Members.Any(m => m.IsFiring && IncidentReach.IsRelated(run.Context.Topology, m.Entity, entity)))
        .OrderBy(i => i.Onset).ThenBy(i => i.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool IsClose(Timestamp one, Timestamp other, TimeSpan within) => (one > other ? one - other : other - one) <= within;

    private static void Join(EndpointRun run, IncidentState incident, IncidentMember member)
    {
        if (incident.Members.Length >= run.Context.Limits.MembersMax)
        {
            run.Refuse(incident.Id, AlertCounter.MemberLimit);
            return;
        }

        if (StateSize.WouldOverflow(run.State, StateSize.Of(member), run.Context.Limits))
        {
            run.Refuse(incident.Id, AlertCounter.HeadLimit);
            return;
        }

        run.Put(incident with { Members = incident.Members.Add(member) });
        run.Decide(incident.Id, AlertStage.Incident, "Joined", member.Fingerprint);
        run.Touched.Add(incident.Id);
    }

    private static void Open(EndpointRun run, IncidentMember member)
    {
        if (run.State.Incidents.Count >= run.Context.Limits.IncidentsMax)
        {
            run.Refuse(member.Fingerprint, AlertCounter.IncidentLimit);
            return;
        }

        string id = AlertIdentity.Incident(run.Context.Endpoint, member.Fingerprint, member.EpisodeId);
        IncidentState incident = new()
        {
            Id = id,
            Endpoint = run.Context.Endpoint,
            EpisodeId = AlertIdentity.Episode(id, member.Onset),
            Onset = member.Onset,
            OpenedAt = run.Now,
            Members = [member],
            Alert = new AlertInstance
            {
                Fingerprint = id,
                RuleId = IncidentRule,
                RuleVersion = IncidentRule,
                Entity = EntityId.ForEndpoint(run.Context.Endpoint),
            },
        };
        if (StateSize.WouldOverflow(run.State, StateSize.Of(incident), run.Context.Limits))
        {
            run.Refuse(member.Fingerprint, AlertCounter.HeadLimit);
            return;
        }

        run.Put(incident);
        run.Touched.Add(id);
    }

    private static bool IsTrue(IncidentState incident, IncidentResolution resolution) => resolution == IncidentResolution.OpenerEnded
        ? incident.Members[0].IsFiring
        : incident.Members.Any(m => m.IsFiring);

    /// <summary>Until it is told, severity follows what is known; after that it only rises, and a rise asks for attention anew.</summary>
    private static IncidentState WithSeverity(EndpointRun run, IncidentState incident)
    {
        Severity severity = run.Context.Severities.Of(incident);
        bool isTold = incident.AnnouncedCause is not null;
        severity = (isTold || !incident.Members.Any(m => m.IsFiring)) && severity < incident.Severity ? incident.Severity : severity;
        return incident with
        {
            Severity = severity,
            Acknowledgement = severity > incident.Severity ? null : incident.Acknowledgement,
        };
    }

    /// <summary>The members' event time, but always ahead of what the incident has seen: several may change at one instant.</summary>
    private static Timestamp NextAsOf(EndpointRun run, IncidentState incident)
    {
        Timestamp asOf = incident.Onset;
        foreach (IncidentMember member in incident.Members)
        {
            Timestamp? seen = member.EndedAt ?? run.State.Instances.GetValueOrDefault(member.Fingerprint)?.LastAsOf;
            asOf = seen is { } time ? Timestamp.Max(asOf, time) : asOf;
        }

        return incident.Alert.LastAsOf is { } last && asOf <= last ? new Timestamp(last.UnixMs + 1) : asOf;
    }

    private static AlertReason? LastEnd(IncidentState incident) => incident.Members
        .Where(m => m.EndReason is not null)
        .OrderBy(m => m.EndedAt).ThenBy(m => m.Fingerprint, StringComparer.Ordinal)
        .LastOrDefault()?.EndReason;

    private static int IndexOf(IncidentState incident, string episode)
    {
        for (int i = 0; i < incident.Members.Length; i++)
        {
            if (string.Equals(incident.Members[i].EpisodeId, episode, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
