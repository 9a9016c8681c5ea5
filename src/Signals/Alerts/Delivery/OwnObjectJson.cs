using System.Text.Json;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// Writes our own object, <c>Grainwatch</c>, beside what others have made a format of: incidents with causes and evidence, members,
/// links, and ids of answers, never their text.
/// </summary>
internal static class OwnObjectJson
{
    public static void Write(Utf8JsonWriter json, NotificationBody body, int listLength)
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
}
