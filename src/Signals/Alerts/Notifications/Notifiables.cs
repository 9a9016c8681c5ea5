using System.Collections.Immutable;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>Lists what is open now and may be told: incidents, and the data and evaluations that rules ask to be told of.</summary>
internal static class Notifiables
{
    public static ImmutableArray<Notifiable> Open(EndpointRun run)
    {
        ImmutableArray<Notifiable>.Builder open = ImmutableArray.CreateBuilder<Notifiable>();
        foreach (IncidentState incident in run.State.OpenIncidents)
        {
            open.Add(OfIncident(incident));
        }

        foreach (AlertInstance alert in run.State.InstancesInOrder)
        {
            bool isQuiet = alert is { NoDataSince: null, FaultedSince: null, PauseToldSince: null };
            if (isQuiet || run.Context.Policies.GetValueOrDefault(alert.RuleId) is not { IsObserved: false } policy)
            {
                continue;
            }

            AddNotice(open, run, alert, policy, NotificationFamily.NoData, "nodata", alert.NoDataSince);
            AddNotice(open, run, alert, policy, NotificationFamily.Fault, "fault", alert.FaultedSince);
            AddNotice(open, run, alert, policy, NotificationFamily.Fault, "pause", alert.PauseToldSince);
        }

        return open.DrainToImmutable();
    }

    /// <summary>True: the first page waits a little longer for the cause.</summary>
    public static bool IsAwaitingDiagnosis(EndpointRun run, Notifiable member) =>
        member.IncidentId is { } id
        && run.State.Incidents[id] is { Diagnosis: null, AnnouncedCause: null } incident
        && run.Now >= incident.OpenedAt
        && run.Now < incident.OpenedAt + run.Context.Limits.DiagnosisWait;

    /// <summary>The labels of one alert, with what it belongs to.</summary>
    public static AlertLabels LabelsOf(AlertLabels about, AlertInstance alert) => Labels(about, alert.RuleId, alert.Entity)
        .WithAll(alert.Residual);

    public static AlertLabels LabelsOf(AlertLabels about, IncidentMember member) => Labels(about, member.RuleId, member.Entity);

    private static Notifiable OfIncident(IncidentState incident)
    {
        IncidentMember opener = incident.Members[0];
        AlertLabels labels = Labels(Base(incident.Endpoint, incident.Severity, NotificationFamily.Incident), opener.RuleId, opener.Entity)
            .With(AlertLabels.Incident, incident.Id)
            .With(AlertLabels.Pattern, incident.Pattern.Id());
        return new Notifiable(
            incident.EpisodeId, NotificationFamily.Incident, incident.Id, null, incident.Severity, labels, incident.Onset,
            incident.Acknowledgement is not null, incident.IsCauseChanged, []);
    }

    private static void AddNotice(
        ImmutableArray<Notifiable>.Builder open,
        EndpointRun run,
        AlertInstance alert,
        AlertPolicy policy,
        NotificationFamily family,
        string kind,
        Timestamp? since)
    {
        if (since is not { } begin)
        {
            return;
        }

        // What went silent together is one message: its parent's. A fault belongs to the owner of the rule.
        string subject = family == NotificationFamily.NoData ? (alert.Entity.Parent ?? alert.Entity).Key : alert.RuleId;
        AlertLabels labels = LabelsOf(Base(run.Context.Endpoint, policy.Severity, family), alert).With(AlertLabels.Incident, $"{kind}:{subject}");
        open.Add(new Notifiable(
            AlertIdentity.Notice(kind, alert.Fingerprint, begin), family, null, alert.Fingerprint, policy.Severity, labels, begin, false, false, []));
    }

    private static AlertLabels Base(string endpoint, Severity severity, NotificationFamily family) => AlertLabels.Empty
        .With(AlertLabels.Endpoint, endpoint)
        .With(AlertLabels.Severity, severity.ToString().ToLowerInvariant())
        .With(AlertLabels.Kind, family.ToString().ToLowerInvariant());

    private static AlertLabels Labels(AlertLabels about, string ruleId, Topology.EntityId entity) => about
        .With(AlertLabels.Rule, ruleId)
        .With(AlertLabels.Entity, entity.Key)
        .With(AlertLabels.Parent, entity.Parent?.Key)
        .With("component", entity.Component)
        .With("instance", entity.Instance)
        .With("gpu", entity.Kind == Topology.EntityKind.Gpu ? entity.Leaf : null);
}
