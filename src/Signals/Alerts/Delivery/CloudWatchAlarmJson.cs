using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>Writes a body as the JSON that a CloudWatch alarm sends to SNS, with our object beside it.</summary>
/// <remarks>
/// Pager products read AlarmName, NewStateValue and the subject's prefix, which must agree; they keep what else there is.
/// The document stays below SNS's limit: members and evidence are left out, the longest lists first, until it fits, and
/// then it says so.
/// </remarks>
public static class CloudWatchAlarmJson
{
    /// <summary>The document is shorter than this: 256 KiB with room for the attributes of the message.</summary>
    public const int BytesMax = 262_144 - 8_192;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };
    private static readonly int[] ListLengths = [512, 64, 8, 1, 0];

    public static byte[] Write(NotificationBody body, NotificationStyle style)
    {
        foreach (int length in ListLengths)
        {
            ArrayBufferWriter<byte> buffer = new(4096);
            Write(buffer, body, style, length);
            if (buffer.WrittenCount < BytesMax || length == 0)
            {
                return buffer.WrittenSpan.ToArray();
            }
        }

        return [];
    }

    private static void Write(ArrayBufferWriter<byte> buffer, NotificationBody body, NotificationStyle style, int listLength)
    {
        using Utf8JsonWriter json = new(buffer, Options);
        json.WriteStartObject();
        json.WriteString("AlarmName", body.AlarmName);
        json.WriteString("AlarmDescription", Description(body));
        json.WriteString("AWSAccountId", style.Account);
        json.WriteString("NewStateValue", body.Kind.AlarmState());
        json.WriteString("NewStateReason", Reason(body));
        json.WriteString("StateChangeTime", body.Time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture));
        json.WriteString("Region", style.Region);
        json.WriteString("AlarmArn", $"arn:aws:cloudwatch:{style.Region}:{style.Account}:alarm:{body.AlarmName}");
        json.WriteString("OldStateValue", body.Kind.AlarmStateBefore());
        json.WriteStartArray("OKActions");
        json.WriteEndArray();
        json.WriteStartArray("AlarmActions");
        json.WriteEndArray();
        json.WriteStartArray("InsufficientDataActions");
        json.WriteEndArray();
        WriteTrigger(json, body);
        WriteOurs(json, body, listLength);
        json.WriteEndObject();
    }

    private static void WriteTrigger(Utf8JsonWriter json, NotificationBody body)
    {
        json.WriteStartObject("Trigger");
        json.WriteString("MetricName", body.Incidents is [{ Causes: [{ } cause, ..] }, ..] ? cause.Metric.Text : "incident");
        json.WriteString("Namespace", "Grainwatch");
        json.WriteString("StatisticType", "Statistic");
        json.WriteString("Statistic", "MAXIMUM");
        json.WriteNull("Unit");
        json.WriteStartArray("Dimensions");
        json.WriteStartObject();
        json.WriteString("value", body.Endpoint);
        json.WriteString("name", "EndpointName");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("Period", 10);
        json.WriteNumber("EvaluationPeriods", 1);
        json.WriteString("ComparisonOperator", "GreaterThanThreshold");
        json.WriteNumber("Threshold", 0.0);
        json.WriteString("TreatMissingData", "missing");
        json.WriteString("EvaluateLowSampleCountPercentile", "");
        json.WriteEndObject();
    }

    private static void WriteOurs(Utf8JsonWriter json, NotificationBody body, int listLength)
    {
        json.WriteStartObject("Grainwatch");
        json.WriteNumber("v", 1);
        json.WriteString("id", body.Id);
        json.WriteString("kind", body.Kind.Id());
        json.WriteString("reason", body.Reason.Id());
        json.WriteString("severity", body.Severity.ToString().ToLowerInvariant());
        json.WriteString("endpoint", body.Endpoint);
        json.WriteString("receiver", body.Receiver);
        WriteFlag(json, "unrecorded", body.IsUnrecorded);
        WriteFlag(json, "test", body.IsTest);
        WriteFlag(json, "truncated", body.Incidents.Any(i => i.Members.Length > listLength) || body.Notices.Length > listLength);
        if (body.About is { } about)
        {
            json.WriteString("about", about);
        }

        json.WriteStartArray("incidents");
        foreach (BodyIncident incident in body.Incidents)
        {
            WriteIncident(json, incident, listLength);
        }

        json.WriteEndArray();
        WriteMembers(json, "notices", body.Notices.AsSpan(), listLength);
        json.WriteEndObject();
    }

    private static void WriteIncident(Utf8JsonWriter json, BodyIncident incident, int listLength)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id);
        json.WriteString("status", incident.Status);
        json.WriteString("reason", incident.Reason);
        json.WriteString("pattern", incident.Pattern);
        json.WriteString("onset", incident.Onset.ToString());
        json.WriteString("title", incident.Title);
        if (listLength > 0)
        {
            json.WriteString("summary", incident.Summary);
            json.WriteStartArray("causes");
            foreach (RankedCause cause in incident.Causes.AsSpan()[..Math.Min(listLength, incident.Causes.Length)])
            {
                WriteCause(json, cause);
            }

            json.WriteEndArray();
            WriteSentences(json, "ruledOut", incident.RuledOut);
        }

        WriteMembers(json, "members", incident.Members.AsSpan(), listLength);
        if (incident.Link is { } link)
        {
            json.WriteString("link", link);
        }

        json.WriteEndObject();
    }

    private static void WriteCause(Utf8JsonWriter json, RankedCause cause)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", cause.Rank);
        json.WriteString("entity", cause.Entity.Key);
        json.WriteString("metric", cause.Metric.Text);
        json.WriteNumber("score", Finite(cause.Score));
        if (cause.Confidence is { } confidence)
        {
            json.WriteNumber("confidence", Finite(confidence));
        }

        json.WriteNumber("leadSeconds", Finite(cause.LeadSeconds));
        json.WriteNumber("leadResolutionSeconds", Finite(cause.LeadResolutionSeconds));
        WriteSentences(json, "evidence", cause.Evidence);
        WriteSentences(json, "against", cause.Against);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, string name, ReadOnlySpan<BodyMember> members, int listLength)
    {
        json.WriteStartArray(name);
        foreach (BodyMember member in members[..Math.Min(listLength, members.Length)])
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", member.Fingerprint);
            json.WriteString("rule", member.Rule);
            json.WriteString("entity", member.Entity);
            json.WriteString("status", member.Status);
            json.WriteString("reason", member.Reason);
            json.WriteString("onset", member.Onset.ToString());
            json.WriteString("text", member.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSentences(Utf8JsonWriter json, string name, IEnumerable<string> sentences)
    {
        json.WriteStartArray(name);
        foreach (string sentence in sentences)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool isSet)
    {
        if (isSet)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static string Description(NotificationBody body) => body.Incidents is [{ } first, ..] ? first.Title : body.Subject;

    private static string Reason(NotificationBody body) => body.Incidents is [{ Summary: { Length: > 0 } summary }, ..] ? summary : body.Subject;
}
