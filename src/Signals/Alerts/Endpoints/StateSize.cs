using System.Text;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// Estimates, from above, how many bytes the written state takes as JSON. Cheap enough to be asked whenever something new
/// would be added.
/// </summary>
public static class StateSize
{
    private const int StateBytes = 256;
    private const int InstanceBytes = 1_330;
    private const int IncidentBytes = 2_300;
    private const int MemberBytes = 420;
    private const int GroupBytes = 500;
    private const int RowBytes = 800;
    private const int EpisodeBytes = 67;

    /// <summary>True: with <paramref name="added"/> bytes more the written state could be larger than its bound.</summary>
    public static bool WouldOverflow(EndpointAlertsState state, int added, AlertLimits limits) => Of(state) + added > limits.HeadBytesMax;

    public static int Of(EndpointAlertsState state)
    {
        int bytes = StateBytes + Text(state.Endpoint);
        foreach (AlertInstance alert in state.Instances.Values)
        {
            bytes += alert.IsDormant ? 0 : Of(alert);
        }

        foreach (IncidentState incident in state.Incidents.Values)
        {
            bytes += Of(incident);
        }

        foreach (AlertGroup group in state.Groups.Values)
        {
            bytes += Of(group);
        }

        foreach (OutboxRow row in state.Rows.Values)
        {
            bytes += Of(row);
        }

        foreach (string name in state.CompositeTrueAt.Keys)
        {
            bytes += Text(name) + 24;
        }

        return bytes;
    }

    public static int Of(AlertInstance alert) =>
        InstanceBytes + Text(alert.RuleId) + Text(alert.RuleVersion) + Text(alert.ConditionVersion) + Text(alert.Entity.Key) + (2 * Text(alert.Residual.ToString()))
        + Text(alert.Evidence.Text) + Text(alert.Epoch.Silo) + (alert.Before is null ? 0 : 360);

    public static int Of(IncidentState incident)
    {
        int bytes = IncidentBytes + Text(incident.Endpoint) + Text(incident.AnnouncedCause) + Text(incident.Acknowledgement?.By);
        foreach (IncidentMember member in incident.Members)
        {
            bytes += Of(member);
        }

        if (incident.Diagnosis is { } diagnosis)
        {
            bytes += 400 + Text(diagnosis.Title) + Text(diagnosis.Summary) + Text(diagnosis.Target.Key) + Text(diagnosis.Metric?.Text) + diagnosis.RuledOut.Sum(Text);
            bytes += diagnosis.Causes.Sum(c => 360 + Text(c.Entity.Key) + Text(c.Metric.Text) + c.Evidence.Sum(Text) + c.Against.Sum(Text));
        }

        return bytes;
    }

    public static int Of(IncidentMember member) => MemberBytes + Text(member.RuleId) + Text(member.Entity.Key) + Text(member.Text);

    public static int Of(AlertGroup group) =>
        GroupBytes + Text(group.Route) + Text(group.Receiver) + Text(group.AlarmName) + EpisodeBytes * (group.Told.Length + group.Lost.Length + group.Updated.Length);

    public static int Of(OutboxRow row) =>
        RowBytes + Text(row.Receiver) + Text(row.About) + Text(row.MessageId) + Text(row.ClaimedBy)
        + EpisodeBytes * (row.Firing.Length + row.News.Length + row.Ended.Length + row.Updates.Length);

    /// <summary>Quotation marks, a comma, and room for a few characters that are escaped.</summary>
    private static int Text(string? text) => text is null ? 4 : (Encoding.UTF8.GetByteCount(text) * 9 / 8) + 8;
}
