using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation;

/// <summary>
/// The document of <c>grainwatch diagnose</c>:
/// <c>{v, target, at, onset:[from,to], pattern?, causes:[{rank, entity, metric, score, confidence?, leadSeconds,
/// leadResolutionSeconds, onset:[from,to], evidence:[..], against:[..]}], ruledOut:[..], coverage}</c>.
/// </summary>
public static class DiagnosisJson
{
    /// <summary>Version of the document; readers ignore fields that they do not know.</summary>
    public const int Version = 1;

    // Names hold + and ', and people read this document: only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>UTF-8, indented, without a newline at the end.</summary>
    public static byte[] Write(Diagnosis diagnosis, TopologyMap topology, Timestamp at)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Indented))
        {
            Write(json, diagnosis, topology, at);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the document as one object.</summary>
    public static void Write(Utf8JsonWriter json, Diagnosis diagnosis, TopologyMap topology, Timestamp at)
    {
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        string target = topology.Format(diagnosis.Target);
        json.WriteString("target", diagnosis.Metric is null ? target : $"{target}:{diagnosis.Metric}");
        json.WriteString("at", at.ToString());
        if (diagnosis.Onset is { } onset)
        {
            Write(json, "onset", onset);
        }

        if (diagnosis.Pattern != IncidentPattern.Unknown)
        {
            json.WriteString("pattern", diagnosis.Pattern.Id());
        }

        json.WriteStartArray("causes");
        foreach (RankedCause cause in diagnosis.Causes)
        {
            Write(json, cause, topology);
        }

        json.WriteEndArray();
        Write(json, "ruledOut", diagnosis.RuledOut);
        json.WriteNumber("coverage", diagnosis.Coverage);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RankedCause cause, TopologyMap topology)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", cause.Rank);
        json.WriteString("entity", topology.Format(cause.Entity));
        json.WriteString("metric", cause.Metric.Text);
        json.WriteNumber("score", cause.Score);
        if (cause.Confidence is { } confidence)
        {
            json.WriteNumber("confidence", confidence);
        }

        json.WriteNumber("leadSeconds", cause.LeadSeconds);
        json.WriteNumber("leadResolutionSeconds", cause.LeadResolutionSeconds);
        Write(json, "onset", cause.Onset);
        Write(json, "evidence", cause.Evidence);
        Write(json, "against", cause.Against);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, OnsetInterval onset)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(onset.LastNormal.ToString());
        json.WriteStringValue(onset.FirstAbnormal.ToString());
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
