using System.Text.Json;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>Reads one line of <c>samples.jsonl</c>. Unknown fields are ignored.</summary>
internal static class SampleLine
{
    private const int MaxIdCharacters = 1024;

    /// <returns>Why the line is no answer; null when it is one.</returns>
    public static string? TryRead(ReadOnlySpan<byte> line, TopologyMap topology, out ResponseSample? sample)
    {
        sample = null;
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            _ = reader.Read(); // Throws when something stands behind the value.
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "not a JSON object";
            }

            return Read(document.RootElement, topology, out sample);
        }
        catch (JsonException e)
        {
            return $"not JSON at byte {e.BytePositionInLine + 1}";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: the text cannot be represented.
            return "a text is not valid Unicode";
        }
    }

    private static string? Read(JsonElement json, TopologyMap topology, out ResponseSample? sample)
    {
        sample = null;
        if (Text(json, "id") is not { Length: > 0 and <= MaxIdCharacters } id)
        {
            return $"'id' must be a text of 1 to {MaxIdCharacters} characters";
        }

        if (!TryTime(json, out Timestamp time))
        {
            return "'time' must be ISO 8601 or Unix seconds";
        }

        if (Text(json, "endpoint") is not { } endpoint || !topology.TryGetEndpoint(endpoint, out EndpointTopology? known))
        {
            return "'endpoint' must name an endpoint of topology.json";
        }

        string? component = Text(json, "component");
        EntityId entity = component is { Length: > 0 } ? EntityId.ForComponent(endpoint, component) : known.Id;
        if (!topology.Contains(entity))
        {
            return "'component' must name a component of its endpoint in topology.json";
        }

        if (Text(json, "response") is not { } response)
        {
            return "'response' must be a text";
        }

        string? wrong = Array.Find(OptionalTexts, name => !IsTextOrAbsent(json, name));
        if (wrong is not null)
        {
            return $"'{wrong}' must be a text";
        }

        if (!TryCount(json, "inputTokens", out int? inputTokens) || !TryCount(json, "outputTokens", out int? outputTokens))
        {
            return "'inputTokens' and 'outputTokens' must be whole numbers, 0 or more";
        }

        if (!TryLatency(json, out double? latencyMs))
        {
            return "'latencyMs' must be a number, 0 or more";
        }

        sample = new ResponseSample(
            id,
            time,
            entity,
            Text(json, "prompt") ?? "",
            response,
            Text(json, "context"),
            Text(json, "reference"),
            Text(json, "finishReason"),
            inputTokens,
            outputTokens,
            latencyMs);
        return null;
    }

    private static readonly string[] OptionalTexts = ["component", "prompt", "context", "reference", "finishReason"];

    private static bool IsTextOrAbsent(JsonElement json, string name) =>
        !json.TryGetProperty(name, out JsonElement field) || field.ValueKind is JsonValueKind.String or JsonValueKind.Null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    private static bool TryTime(JsonElement json, out Timestamp time)
    {
        time = default;
        return json.TryGetProperty("time", out JsonElement field) && field.ValueKind switch
        {
            JsonValueKind.String => Timestamp.TryParse(field.GetString(), out time),
            JsonValueKind.Number => Timestamp.TryParse(field.GetRawText(), out time),
            _ => false,
        };
    }

    private static bool TryCount(JsonElement json, string name, out int? count)
    {
        count = null;
        if (!json.TryGetProperty(name, out JsonElement field) || field.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        bool read = field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out int value) && (count = value) >= 0;
        return read;
    }

    private static bool TryLatency(JsonElement json, out double? latencyMs)
    {
        latencyMs = null;
        if (!json.TryGetProperty("latencyMs", out JsonElement field) || field.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        return field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out double value)
            && (latencyMs = value) >= 0 && double.IsFinite(value);
    }
}
