using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Grainwatch.Signals.Alerts;

/// <summary>Writes a body as an Alertmanager posts it to a webhook, version 4 of that payload, with our object beside it.</summary>
/// <remarks>
/// The format is described under webhook_config in Alertmanager's documentation; receivers pass over a field that they do not
/// know. What fires has the end "0001-01-01T00:00:00Z", as there. The document is bounded as
/// <see cref="CloudWatchAlarmJson"/>: alerts beyond a length are left out and counted in <c>truncatedAlerts</c>.
/// </remarks>
public static class AlertmanagerJson
{
    private const string Never = "0001-01-01T00:00:00Z";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly int[] ListLengths = [512, 64, 8, 1];

    /// <param name="body">What is told.</param>
    /// <param name="style">Where links lead.</param>
    /// <param name="runbook">Where to read on about a rule, by its id; null: nowhere.</param>
    public static byte[] Write(NotificationBody body, NotificationStyle style, Func<string, string?>? runbook = null)
    {
        IReadOnlyList<AlertmanagerAlert> alerts = AlertmanagerAlerts.Of(body, runbook ?? (_ => null));
        byte[] document = [];
        foreach (int length in ListLengths)
        {
            ArrayBufferWriter<byte> buffer = new(4096);
            Write(buffer, body, alerts, style, length);
            document = buffer.WrittenSpan.ToArray();
            if (document.Length < CloudWatchAlarmJson.BytesMax)
            {
                break;
            }
        }

        return document;
    }

    private static void Write(
        ArrayBufferWriter<byte> buffer, NotificationBody body, IReadOnlyList<AlertmanagerAlert> all, NotificationStyle style,
            int listLength)
    {
        AlertmanagerAlert[] alerts = [.. all.Take(listLength)];
        using Utf8JsonWriter json = new(buffer, Options);
        json.WriteStartObject();
        json.WriteString("version", "4");
        json.WriteString("groupKey", $"{{}}/{{receiver=\"{body.Receiver}\"}}:{{group=\"{body.AlarmName}\"}}");
        json.WriteNumber("truncatedAlerts", all.Count - alerts.Length);
        json.WriteString("status", all.Any(a => a.IsFiring) ? "firing" : "resolved");
        json.WriteString("receiver", body.Receiver);
        WriteMap(json, "groupLabels",
            Common(alerts, a => a.Labels).Where(l => l.Key is AlertLabels.Endpoint or AlertLabels.Severity or AlertLabels.Incident));
        WriteMap(json, "commonLabels", Common(alerts, a => a.Labels));
        WriteMap(json, "commonAnnotations", Common(alerts, a => a.Annotations));
        json.WriteString("externalURL", style.UiBase ?? "");
        json.WriteStartArray("alerts");
        foreach (AlertmanagerAlert alert in alerts)
        {
            WriteAlert(json, alert);
        }

        json.WriteEndArray();
        OwnObjectJson.Write(json, body, listLength);
        json.WriteEndObject();
    }

    private static void WriteAlert(Utf8JsonWriter json, AlertmanagerAlert alert)
    {
        json.WriteStartObject();
        json.WriteString("status", alert.IsFiring ? "firing" : "resolved");
        WriteMap(json, "labels", alert.Labels);
        WriteMap(json, "annotations", alert.Annotations);
        json.WriteString("startsAt", Time(alert.StartsAt));
        json.WriteString("endsAt", alert.EndsAt is { } end ? Time(end) : Never);
        json.WriteString("generatorURL", alert.Link);
        json.WriteString("fingerprint", alert.Fingerprint);
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>What all of them have, with the same value.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Common(
        AlertmanagerAlert[] alerts, Func<AlertmanagerAlert, IReadOnlyDictionary<string, string>> of) =>
        of(alerts[0]).Where(p => Array.TrueForAll(alerts, a => of(a).TryGetValue(p.Key, out string? value) && value == p.Value));

    private static string Time(Timestamp time) => time.ToDateTimeOffset()
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
