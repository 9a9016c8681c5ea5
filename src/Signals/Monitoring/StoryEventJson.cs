using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Monitoring;

/// <summary>Writes events as <c>replay</c> prints them: one JSON object a line, fields in a fixed order, the same bytes for the same event.</summary>
public static class StoryEventJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where an event stands among those of the same instant: by type, then by id.</summary>
    public static (string Type, string Id) Order(StoryEvent story) => story switch
    {
        IncidentEvent e => ("incident", e.IncidentId),
        NotificationEvent e => ("notification", e.NotificationId),
        TransitionEvent e => ("transition", $"{e.Rule}\n{e.Entity}\n{e.Episode}"),
        _ => ("", ""),
    };

    /// <param name="story">What happened.</param>
    /// <param name="topology">Knows where a short name would be ambiguous.</param>
    /// <param name="target">Takes one line without its end.</param>
    public static void Write(StoryEvent story, TopologyMap topology, IBufferWriter<byte> target)
    {
        using Utf8JsonWriter json = new(target, Options);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("type", Order(story).Type);
        json.WriteString("time", story.Time.ToString());
        switch (story)
        {
            case TransitionEvent e:
                WriteTransition(json, e);
                break;
            case IncidentEvent e:
                WriteIncident(json, e, topology);
                break;
            case NotificationEvent e:
                WriteNotification(json, e);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteTransition(Utf8JsonWriter json, TransitionEvent e)
    {
        json.WriteString("rule", e.Rule);
        json.WriteString("ruleVersion", e.RuleVersion);
        json.WriteString("entity", e.Entity);
        json.WriteString("episode", e.Episode);
        json.WriteString("from", e.From);
        json.WriteString("to", e.To);
        json.WriteString("reason", e.Reason);
        json.WriteString("evidence", e.Evidence.Text);
        if (e.Evidence.N is { } n)
        {
            json.WriteNumber("n", n);
        }

        WriteOptional(json, "lower", e.Evidence.Lower);
        WriteOptional(json, "upper", e.Evidence.Upper);
    }

    private static void WriteIncident(Utf8JsonWriter json, IncidentEvent e, TopologyMap topology)
    {
        json.WriteString("id", e.IncidentId);
        json.WriteString("state", e.State);
        json.WriteString("endpoint", e.Endpoint);
        json.WriteString("pattern", e.Diagnosis.Pattern.Id());
        json.WriteString("severity", Words.Of(e.Severity));
        json.WriteString("onset", e.Onset.ToString());
        json.WriteString("title", e.Diagnosis.Title);
        json.WriteString("summary", e.Diagnosis.Summary);
        json.WriteStartArray("causes");
        foreach (RankedCause cause in e.Diagnosis.Causes)
        {
            json.WriteStartObject();
            json.WriteString("entity", topology.Format(cause.Entity));
            json.WriteString("metric", cause.Metric.Text);
            json.WriteNumber("score", Math.Round(cause.Score, 4));
            json.WriteNumber("leadSeconds", Math.Round(cause.LeadSeconds, 3));
            WriteTexts(json, "evidence", cause.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("members");
        foreach (StoryMember member in e.Members)
        {
            json.WriteStartObject();
            json.WriteString("rule", member.Rule);
            json.WriteString("entity", member.Entity);
            json.WriteString("episode", member.Episode);
            json.WriteString("state", member.State);
            json.WriteString("since", member.Since.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "ruledOut", e.Diagnosis.RuledOut);
    }

    private static void WriteNotification(Utf8JsonWriter json, NotificationEvent e)
    {
        json.WriteString("id", e.NotificationId);
        json.WriteString("incident", e.IncidentId);
        json.WriteString("kind", e.Kind);
        json.WriteString("reason", e.Reason);
        json.WriteString("severity", Words.Of(e.Severity));
        json.WriteString("receiver", e.Receiver);
        json.WriteString("subject", e.Subject);
        if (e.SuppressedBy is not null)
        {
            json.WriteString("suppressedBy", e.SuppressedBy);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 6));
        }
    }
}
