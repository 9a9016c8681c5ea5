using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

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
        OwnObjectJson.Write(json, body, listLength);
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

    private static string Description(NotificationBody body) => body.Incidents is [{ } first, ..] ? first.Title : body.Subject;

    private static string Reason(NotificationBody body) => body.Incidents is [{ Summary: { Length: > 0 } summary }, ..] ? summary : body.Subject;
}
