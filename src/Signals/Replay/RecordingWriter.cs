using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Writes a recording folder. The same content gives the same bytes: rows in the order given, invariant numbers, no
/// time stamp in the compressed files.
/// </summary>
public sealed class RecordingWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder;
    private readonly bool _compress;

    /// <param name="folder">Made when it does not exist; files of the same names are replaced.</param>
    /// <param name="compress">Whether the tables and the answers end in <c>.gz</c>.</param>
    public RecordingWriter(string folder, bool compress = true)
    {
        _folder = folder;
        _compress = compress;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes a small file as it is: <c>topology.json</c>, <c>truth.json</c>, an attribution.</summary>
    public void WriteText(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text, Utf8);

    /// <summary>Writes <c>metrics.csv</c>, with a column of arrivals when the first row has one.</summary>
    public void WriteMetrics(IEnumerable<MetricRow> rows, string file = "metrics.csv")
    {
        using TextWriter writer = Open(file);
        bool? arrivals = null;
        foreach (MetricRow row in rows)
        {
            if (arrivals is null)
            {
                arrivals = row.Arrival is not null;
                writer.Write(arrivals.Value ? "time,entity,metric,value,arrival\n" : "time,entity,metric,value\n");
            }

            WriteTime(writer, row.Time);
            writer.Write(',');
            WriteField(writer, row.Entity);
            writer.Write(',');
            WriteField(writer, row.Metric);
            writer.Write(',');
            writer.Write(row.Value.ToString("R", CultureInfo.InvariantCulture));
            if (arrivals.Value)
            {
                writer.Write(',');
                if (row.Arrival is { } arrival)
                {
                    WriteTime(writer, arrival);
                }
            }

            writer.Write('\n');
        }

        if (arrivals is null)
        {
            writer.Write("time,entity,metric,value\n");
        }
    }

    /// <summary>Writes <c>scores.csv</c>, with entities in their short form, which must be unique in the topology.</summary>
    public void WriteScores(IEnumerable<QualityScore> scores)
    {
        using TextWriter writer = Open("scores.csv");
        writer.Write("time,entity,dimension,score,probability,stratum,judge\n");
        foreach (QualityScore score in scores)
        {
            WriteTime(writer, score.Time);
            writer.Write(',');
            WriteField(writer, score.Entity.ToString());
            writer.Write(',');
            WriteField(writer, score.Dimension);
            writer.Write(',');
            writer.Write(score.Score?.ToString("R", CultureInfo.InvariantCulture));
            writer.Write(',');
            writer.Write(score.Probability.ToString("R", CultureInfo.InvariantCulture));
            writer.Write(',');
            WriteField(writer, score.Stratum ?? "");
            writer.Write(',');
            WriteField(writer, score.Judge ?? "");
            writer.Write('\n');
        }
    }

    /// <summary>Writes <c>samples.jsonl</c>.</summary>
    public void WriteSamples(IEnumerable<ResponseSample> samples)
    {
        using TextWriter writer = Open("samples.jsonl");
        using MemoryStream line = new();
        foreach (ResponseSample sample in samples)
        {
            line.SetLength(0);
            using (Utf8JsonWriter json = new(line, Json))
            {
                WriteSample(json, sample);
            }

            writer.Write(Utf8.GetString(line.GetBuffer(), 0, (int)line.Length));
            writer.Write('\n');
        }
    }

    private static void WriteSample(Utf8JsonWriter json, ResponseSample sample)
    {
        json.WriteStartObject();
        json.WriteString("id", sample.Id);
        json.WriteString("time", sample.Time.ToString());
        json.WriteString("endpoint", sample.Entity.Endpoint);
        WriteOptional(json, "component", sample.Entity.Component);
        json.WriteString("prompt", sample.Prompt);
        json.WriteString("response", sample.Response);
        WriteOptional(json, "context", sample.Context);
        WriteOptional(json, "reference", sample.Reference);
        WriteOptional(json, "finishReason", sample.FinishReason);
        if (sample.InputTokens is { } inputTokens)
        {
            json.WriteNumber("inputTokens", inputTokens);
        }

        if (sample.OutputTokens is { } outputTokens)
        {
            json.WriteNumber("outputTokens", outputTokens);
        }

        if (sample.LatencyMs is { } latencyMs)
        {
            json.WriteNumber("latencyMs", latencyMs);
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Whole seconds without a fraction: a third of the bytes of a metrics file are times.</summary>
    private static void WriteTime(TextWriter writer, Timestamp time) => writer.Write(
        time.ToDateTimeOffset().ToString(
            time.UnixMs % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    private static void WriteField(TextWriter writer, string text)
    {
        if (text.AsSpan().ContainsAny(",\""))
        {
            writer.Write('"');
            writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            writer.Write('"');
            return;
        }

        writer.Write(text);
    }

    private StreamWriter Open(string file)
    {
        Stream stream = File.Create(Path.Combine(_folder, _compress ? file + ".gz" : file));
        Stream target = _compress ? new GZipStream(stream, CompressionLevel.SmallestSize) : stream;
        return new StreamWriter(target, Utf8, bufferSize: 1 << 16);
    }
}
