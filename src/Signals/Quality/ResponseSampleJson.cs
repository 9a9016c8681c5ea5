using System.Text;
using System.Text.Json;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Quality;

/// <summary>Reads one line of <c>samples.jsonl</c>.</summary>
/// <remarks>
/// Required: <c>id</c> (1 to <see cref="IdLengthMax"/> characters), <c>time</c> (ISO 8601 text, or Unix seconds as a number
/// or text), <c>endpoint</c>, <c>response</c>. Optional: <c>component</c>, <c>prompt</c> (else empty), <c>context</c>,
/// <c>reference</c>, <c>finishReason</c>, <c>inputTokens</c>, <c>outputTokens</c>, <c>latencyMs</c>; null counts as absent.
/// A field of the wrong type, a negative or fractional count, and text that is not UTF-8 are errors. Unknown fields are
/// skipped; of a repeated field the last counts. Lines are at most <see cref="LineBytesMax"/> bytes.
/// </remarks>
public static class ResponseSampleJson
{
    /// <summary>A longer line is not read. 16 MiB hold the longest context that a model takes today, four times over.</summary>
    public const int LineBytesMax = 16 << 20;

    /// <summary>A longer id is not accepted.</summary>
    public const int IdLengthMax = 256;

    /// <summary>A longer name of an endpoint or component is not accepted.</summary>
    public const int NameLengthMax = 256;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the line, which may end in a line feed.</summary>
    /// <param name="line">UTF-8.</param>
    /// <param name="sample">The sample; null on error.</param>
    /// <param name="error">What is wrong, and in which field; null on success.</param>
    /// <returns>False on error.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out ResponseSample? sample, out string? error)
    {
        sample = null;
        error = null;
        if (line.Length > LineBytesMax)
        {
            error = $"the line has {line.Length} bytes, at most {LineBytesMax} are read";
            return false;
        }

        SampleFields fields = default;
        try
        {
            Utf8JsonReader reader = new(line, Options);
            error = Read(ref reader, ref fields);
            if (error is null && reader.Read())
            {
                error = "there is more than one value on the line";
            }
        }
        catch (JsonException exception)
        {
            error = $"not JSON at byte {exception.BytePositionInLine + 1}";
        }
        catch (InvalidOperationException)
        {
            error = "a text holds bytes or escapes that are no Unicode";
        }

        error ??= Check(fields);
        sample = error is null ? Make(fields) : null;
        return error is null;
    }

    /// <summary>Reads the line from text; a lone surrogate is an error.</summary>
    public static bool TryRead(string line, out ResponseSample? sample, out string? error)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            return TryRead(Strict.GetBytes(line), out sample, out error);
        }
        catch (EncoderFallbackException)
        {
            sample = null;
            error = "the line holds half of a surrogate pair";
            return false;
        }
    }

    private static string? Read(ref Utf8JsonReader reader, ref SampleFields fields)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "not a JSON object";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (ReadField(ref reader, name, ref fields) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static string? ReadField(ref Utf8JsonReader reader, string name, ref SampleFields fields)
    {
        switch (name)
        {
            case "id": return Text(ref reader, name, ref fields.Id);
            case "endpoint": return Text(ref reader, name, ref fields.Endpoint);
            case "component": return Text(ref reader, name, ref fields.Component);
            case "prompt": return Text(ref reader, name, ref fields.Prompt);
            case "response": return Text(ref reader, name, ref fields.Response);
            case "context": return Text(ref reader, name, ref fields.Context);
            case "reference": return Text(ref reader, name, ref fields.Reference);
            case "finishReason": return Text(ref reader, name, ref fields.FinishReason);
            case "inputTokens": return Count(ref reader, name, ref fields.InputTokens);
            case "outputTokens": return Count(ref reader, name, ref fields.OutputTokens);
            case "latencyMs": return Duration(ref reader, name, ref fields.LatencyMs);
            case "time": return Time(ref reader, ref fields.Time);
            default:
                reader.Skip();
                return null;
        }
    }

    private static string? Text(ref Utf8JsonReader reader, string name, ref string? value)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            return $"{name} is not a text";
        }

        value = reader.GetString();
        return null;
    }

    private static string? Count(ref Utf8JsonReader reader, string name, ref int? value)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            value = null;
            return null;
        }

        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int count) || count < 0)
        {
            return $"{name} is not a whole number of at least 0";
        }

        value = count;
        return null;
    }

    private static string? Duration(ref Utf8JsonReader reader, string name, ref double? value)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            value = null;
            return null;
        }

        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double ms) || !double.IsFinite(ms) || ms < 0.0)
        {
            return $"{name} is not a number of at least 0";
        }

        value = ms;
        return null;
    }

    private static string? Time(ref Utf8JsonReader reader, ref Timestamp? value)
    {
        string? text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };

        // A number may have an exponent, which Timestamp does not read.
        bool read = text is not null && Timestamp.TryParse(text, out Timestamp time) && (value = time) is not null;
        return read ? null : "time is neither ISO 8601 nor Unix seconds";
    }

    private static string? Check(in SampleFields fields)
    {
        if (string.IsNullOrEmpty(fields.Id))
        {
            return "id is missing";
        }

        if (fields.Id.Length > IdLengthMax)
        {
            return $"id has more than {IdLengthMax} characters";
        }

        if (fields.Time is null)
        {
            return "time is missing";
        }

        if (string.IsNullOrEmpty(fields.Endpoint))
        {
            return "endpoint is missing";
        }

        if (fields.Endpoint.Length > NameLengthMax || fields.Component?.Length > NameLengthMax)
        {
            return $"endpoint or component has more than {NameLengthMax} characters";
        }

        return fields.Response is null ? "response is missing" : null;
    }

    private static ResponseSample Make(in SampleFields fields)
    {
        EntityId entity = string.IsNullOrEmpty(fields.Component)
            ? EntityId.ForEndpoint(fields.Endpoint!)
            : EntityId.ForComponent(fields.Endpoint!, fields.Component);
        return new ResponseSample(
            fields.Id!, fields.Time!.Value, entity, fields.Prompt ?? string.Empty, fields.Response!, fields.Context, fields.Reference,
            fields.FinishReason, fields.InputTokens, fields.OutputTokens, fields.LatencyMs);
    }

    private struct SampleFields
    {
        public string? Id;
        public Timestamp? Time;
        public string? Endpoint;
        public string? Component;
        public string? Prompt;
        public string? Response;
        public string? Context;
        public string? Reference;
        public string? FinishReason;
        public int? InputTokens;
        public int? OutputTokens;
        public double? LatencyMs;
    }
}
