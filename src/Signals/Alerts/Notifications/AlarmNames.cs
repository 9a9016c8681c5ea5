namespace Grainwatch.Signals.Alerts;

/// <summary>
/// The names under which receivers know groups, as CloudWatch alarms have names: one for the whole life of an incident,
/// whatever its severity becomes. Missing data and faults have names of their own, so that their end closes no other page.
/// </summary>
internal static class AlarmNames
{
    private const int IdLength = 10;

    public static string Of(Notifiable one, bool isPerIncident, string groupKey)
    {
        string id = (isPerIncident && one.IncidentId is not null ? one.IncidentId : groupKey)[..IdLength];
        string kind = one.Family == NotificationFamily.Incident ? "" : $"-{one.Family.ToString().ToLowerInvariant()}";
        return Plain($"gw/{one.Labels[AlertLabels.Endpoint]}", 40) + $"/{id}{kind}";
    }

    /// <summary>Printable ASCII only, without quotation marks, at most <paramref name="max"/> characters.</summary>
    public static string Plain(string text, int max)
    {
        int length = Math.Min(text.Length, max);
        return string.Create(length, text, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[i] is >= ' ' and <= '~' and not '"' ? from[i] : '?';
            }
        });
    }
}
