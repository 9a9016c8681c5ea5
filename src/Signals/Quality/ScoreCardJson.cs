using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Grainwatch.Signals.Quality;

/// <summary>
/// Writes a score card as one line of JSON:
/// <c>{"v":1,"id":…,"scores":{dimension:{"score","verdict","reasons","evaluator","version","findings"?}},"composite":…,"unknown":[…]}</c>.
/// A dimension without a score stands under <c>unknown</c> and nowhere else; an unknown composite is left out.
/// </summary>
public static class ScoreCardJson
{
    /// <summary>Version of the document.</summary>
    public const int Version = 1;

    private const int Decimals = 4;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line with its line feed. The same card gives the same bytes.</summary>
    public static void WriteLine(ScoreCard card, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(output);
        using (Utf8JsonWriter writer = new(output, Options))
        {
            Write(card, writer);
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes the object.</summary>
    public static void Write(ScoreCard card, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("v"u8, Version);
        writer.WriteString("id"u8, card.Id);
        writer.WriteStartObject("scores"u8);
        foreach ((string dimension, DimensionScore score) in card.Scores)
        {
            if (score.Score is { } value)
            {
                writer.WriteStartObject(dimension);
                WriteScore(score, value, writer);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
        if (card.Composite is { } composite)
        {
            writer.WriteNumber("composite"u8, Math.Round(composite, Decimals));
        }

        writer.WriteStartArray("unknown"u8);
        foreach (string dimension in card.Unknown)
        {
            writer.WriteStringValue(dimension);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteScore(DimensionScore score, double value, Utf8JsonWriter writer)
    {
        writer.WriteNumber("score"u8, Math.Round(value, Decimals));
        writer.WriteString("verdict"u8, score.Verdict == QualityVerdict.Pass ? "pass"u8 : "fail"u8);
        writer.WriteStartArray("reasons"u8);
        foreach (string reason in score.Reasons)
        {
            writer.WriteStringValue(reason);
        }

        writer.WriteEndArray();
        writer.WriteString("evaluator"u8, score.Evaluator);
        writer.WriteString("version"u8, score.Version);
        if (score.Findings.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("findings"u8);
        foreach (Finding finding in score.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, finding.Type);
            writer.WriteNumber("start"u8, finding.Start);
            writer.WriteNumber("end"u8, finding.End);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
