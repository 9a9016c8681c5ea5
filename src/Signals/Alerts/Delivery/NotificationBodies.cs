using System.Collections.Immutable;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>Writes the body of a row from what is known when it is attempted.</summary>
public static class NotificationBodies
{
    /// <summary>Subjects are shorter than this: the limit of SNS.</summary>
    public const int SubjectLengthMax = 99;

    public static NotificationBody Build(OutboxRow row, EndpointAlertsState state, AlertContext context, Timestamp now)
    {
        ImmutableArray<BodyIncident> incidents =
        [
            .. state.Incidents.Values
                .Where(i => NotifyDecision.Has(row.Firing, i.EpisodeId) || NotifyDecision.Has(row.Ended, i.EpisodeId))
                .OrderByDescending(i => NotifyDecision.Has(row.Firing, i.EpisodeId)).ThenBy(i => i.Onset).ThenBy(i => i.Id, StringComparer.Ordinal)
                .Select(i => Incident(i, context)),
        ];
        string alarmName = AlarmName(row, state, context);
        NotificationBody body = new(
            row.Id, row.Kind, row.Why, row.Severity, context.Endpoint, row.Receiver, alarmName, "", now, incidents, Notices(row, state),
            row.About, row.IsUnrecorded, row.Family == NotificationFamily.Test);
        return body with { Subject = Subject(body, context.Style) };
    }

    private static string AlarmName(OutboxRow row, EndpointAlertsState state, AlertContext context) => row.Family switch
    {
        NotificationFamily.Heartbeat => "gw/watchdog",
        NotificationFamily.Test => "gw/test",
        NotificationFamily.Undelivered => AlarmNames.Plain($"gw/undelivered/{row.GroupKey[..10]}", 60),
        _ => state.Groups.TryGetValue(row.GroupKey, out AlertGroup? group) ? group.AlarmName : AlarmNames.Plain($"gw/{context.Endpoint}", 60),
    };

    private static string Subject(NotificationBody body, NotificationStyle style)
    {
        string text = body switch
        {
            { Kind: NotificationKind.Heartbeat } => "Grainwatch is alive",
            { IsTest: true } => "TEST page, nothing is wrong",
            { Reason: NotifyReason.Undelivered } => $"could not reach {body.About}",
            { Incidents: [{ } first, ..] } => first.Status == Ended ? $"{Word(first.Reason)}: {first.Title}" : first.Title,
            { Notices: [{ } first, ..] } => $"{first.Rule} on {first.Entity}: {Word(first.Reason)}",
            _ => Word(body.Kind.ToString()),
        };
        string line = $"{body.Kind.AlarmState()}: \"{body.AlarmName}\" in {style.Region}: ";
        return line + AlarmNames.Plain(text, Math.Max(0, SubjectLengthMax - line.Length));
    }

    private const string Firing = "firing";
    private const string Ended = "ended";

    private static BodyIncident Incident(IncidentState incident, AlertContext context) => new(
        incident.Id,
        incident.EpisodeId,
        incident.IsOpen ? Firing : Ended,
        incident.EndReason?.ToString() ?? "",
        incident.Pattern.Id(),
        incident.Onset,
        incident.Diagnosis?.Title ?? Title(incident),
        incident.Diagnosis?.Summary ?? "",
        incident.Diagnosis is { } diagnosis ? [.. diagnosis.Causes] : [],
        incident.Diagnosis is { } known ? [.. known.RuledOut] : [],
        [.. incident.Members.Select(Member)],
        context.Style.UiBase is { } link ? $"{link}/incidents/{incident.Id}" : null)
    {
        EndedAt = incident.EndedAt,
    };

    /// <summary>Without a diagnosis nothing is claimed but what fires.</summary>
    private static string Title(IncidentState incident)
    {
        IncidentMember[] firing = [.. incident.Members.Where(m => m.IsFiring)];
        IncidentMember shown = firing.Length > 0 ? firing[0] : incident.Members[0];
        return firing.Length > 1 ? $"{shown.RuleId} on {shown.Entity} and {firing.Length - 1} more" : $"{shown.RuleId} on {shown.Entity}";
    }

    private static BodyMember Member(IncidentMember member) => new(
        member.Fingerprint, member.RuleId, member.Entity.Key, member.IsFiring ? Firing : Ended, member.EndReason?.ToString() ?? "",
        member.Onset, member.Text);

    private static ImmutableArray<BodyMember> Notices(OutboxRow row, EndpointAlertsState state)
    {
        if (row.Family is not (NotificationFamily.NoData or NotificationFamily.Fault))
        {
            return [];
        }

        return
        [
            .. state.Instances.Values.SelectMany(a => Spoken(a).Where(n => NotifyDecision.Has(row.Firing, n.Episode)).Select(n =>
                new BodyMember(a.Fingerprint, a.RuleId, a.Entity.Key, Firing, n.Reason.ToString(), n.Since, DiagnosisBound.Cut(a.Evidence.Text)))),
            .. row.Ended.Select(e => new BodyMember(e, "", "", Ended, nameof(AlertReason.DataReturned), row.PlannedAt, "")),
        ];
    }

    private static IEnumerable<(string Episode, AlertReason Reason, Timestamp Since)> Spoken(AlertInstance alert)
    {
        if (alert.NoDataSince is { } noData)
        {
            yield return (AlertIdentity.Notice("nodata", alert.Fingerprint, noData), AlertReason.WentNoData, noData);
        }

        if (alert.FaultedSince is { } fault)
        {
            yield return (AlertIdentity.Notice("fault", alert.Fingerprint, fault), AlertReason.Faulted, fault);
        }

        if (alert.PauseToldSince is { } pause)
        {
            yield return (AlertIdentity.Notice("pause", alert.Fingerprint, pause), AlertReason.RecoveryPausedTooLong, pause);
        }
    }

    /// <summary>"ClearedByMissing" reads "cleared by missing".</summary>
    private static string Word(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
}
