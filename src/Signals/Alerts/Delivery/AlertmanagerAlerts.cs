using System.Collections.Immutable;
using System.Globalization;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// What a body tells, as alerts: one for each incident, not for each of its members; one for each alert whose data stopped or
/// whose evaluation fails; and one for a sign of life, a test, or a page that could not be delivered.
/// </summary>
internal static class AlertmanagerAlerts
{
    private const string Firing = "firing";
    private const int CausesMax = 5;

    /// <param name="body">What is told.</param>
    /// <param name="runbook">Where to read on about a rule; null: nowhere.</param>
    public static IReadOnlyList<AlertmanagerAlert> Of(NotificationBody body, Func<string, string?> runbook)
    {
        List<AlertmanagerAlert> alerts = [.. body.Incidents.Select(i => Incident(body, i, runbook)),
            .. body.Notices.Select(n => Notice(body, n))];
        return alerts.Count > 0 ? alerts : [Single(body)];
    }

    /// <summary>The name that Alertmanager's own habits give a sign of life, and names of ours.</summary>
    private static string NameOf(NotificationBody body) => body switch
    {
        { Kind: NotificationKind.Heartbeat } => "Watchdog",
        { IsTest: true } => "GrainwatchTest",
        { Reason: NotifyReason.Undelivered } => "GrainwatchUndelivered",
        _ => "Grainwatch",
    };

    private static AlertmanagerAlert Incident(NotificationBody body, BodyIncident incident, Func<string, string?> runbook)
    {
        BodyMember opener = incident.Members[0];
        ImmutableSortedDictionary<string, string>.Builder labels = Labels(body, opener.Rule, opener.Entity);
        labels["incident"] = incident.Id;
        ImmutableSortedDictionary<string, string>.Builder annotations = Annotations(body, incident.Title, incident.Summary);
        Add(annotations, "runbook_url", runbook(opener.Rule));
        annotations["pattern"] = incident.Pattern;
        annotations["members"] = string.Join(", ", incident.Members.Take(CausesMax * 2).Select(m => $"{m.Rule} on {Entity(m.Entity)}"));
        if (!incident.Causes.IsEmpty)
        {
            annotations["causes"] = string.Join("; ", incident.Causes.Take(CausesMax).Select(c =>
                string.Create(CultureInfo.InvariantCulture, $"{c.Rank}. {c.Entity} {c.Metric.Text} ({c.Score:0.##})")));
        }

        bool isFiring = incident.Status == Firing;
        return new AlertmanagerAlert(
            isFiring, labels.ToImmutable(), annotations.ToImmutable(), incident.Onset, isFiring ? null : incident.EndedAt ?? body.Time,
            incident.Link ?? "", incident.Id[..Math.Min(16, incident.Id.Length)]);
    }

    private static AlertmanagerAlert Notice(NotificationBody body, BodyMember notice)
    {
        bool isFiring = notice.Status == Firing;
        return new AlertmanagerAlert(
            isFiring,
            Labels(body, notice.Rule, notice.Entity).ToImmutable(),
            Annotations(body, body.Subject, notice.Text).ToImmutable(),
            notice.Onset,
            isFiring ? null : body.Time,
            "",
            notice.Fingerprint[..Math.Min(16, notice.Fingerprint.Length)]);
    }

    private static AlertmanagerAlert Single(NotificationBody body)
    {
        ImmutableSortedDictionary<string, string>.Builder labels = Labels(body, "", "");
        if (body.IsTest)
        {
            labels["test"] = "true";
        }

        return new AlertmanagerAlert(
            body.Kind.AlarmState() != "OK" || body.Kind == NotificationKind.Heartbeat,
            labels.ToImmutable(),
            Annotations(body, body.Subject, body.About ?? "").ToImmutable(),
            body.Time,
            null,
            "",
            AlertIdentity.Notice("group", body.AlarmName, default)[..16]);
    }

    private static ImmutableSortedDictionary<string, string>.Builder Labels(NotificationBody body, string rule, string entityKey)
    {
        ImmutableSortedDictionary<string, string>.Builder labels = NewMap();
        labels["alertname"] = rule.Length > 0 ? rule : NameOf(body);
        labels[AlertLabels.Endpoint] = body.Endpoint;
        labels[AlertLabels.Severity] = body.Severity.ToString().ToLowerInvariant();
        labels[AlertLabels.Kind] = body.Kind switch
        {
            NotificationKind.NoData or NotificationKind.NoDataResolved => "nodata",
            NotificationKind.Fault or NotificationKind.FaultResolved => "fault",
            NotificationKind.Heartbeat => "heartbeat",
            _ => "incident",
        };
        if (EntityId.TryParseKey(entityKey, out EntityId? entity))
        {
            labels[AlertLabels.Entity] = entity.ToString();
            Add(labels, "component", entity.Component);
            Add(labels, "instance", entity.Instance);
            Add(labels, "gpu", entity.Kind == EntityKind.Gpu ? entity.Leaf : null);
        }

        return labels;
    }

    private static ImmutableSortedDictionary<string, string>.Builder Annotations(NotificationBody body, string summary, string description)
    {
        ImmutableSortedDictionary<string, string>.Builder annotations = NewMap();
        annotations["summary"] = summary;
        Add(annotations, "description", description.Length > 0 ? description : null);
        annotations["notification_id"] = body.Id;
        annotations["reason"] = body.Reason.Id();
        return annotations;
    }

    private static ImmutableSortedDictionary<string, string>.Builder NewMap() =>
        ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    private static void Add(ImmutableSortedDictionary<string, string>.Builder values, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            values[name] = value;
        }
    }

    private static string Entity(string key) => EntityId.TryParseKey(key, out EntityId? entity) ? entity.ToString() : key;
}
