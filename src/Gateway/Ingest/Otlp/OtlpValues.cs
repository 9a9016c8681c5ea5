using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// Values of attributes and bodies: null, text, bool, long, double, bytes, list, or map. Both readers give these, and
/// everything behind them asks here.
/// </summary>
internal static class OtlpValues
{
    /// <summary>Lists and maps may lie in each other so deep.</summary>
    public const int MaxDepth = 32;

    /// <summary>As a label carries it: texts bare, lists and maps as JSON.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Node(value)?.ToJsonString() ?? "",
    };

    /// <summary>A whole number, also where it was sent as a text or a double.</summary>
    public static int? Count(object? value) => value switch
    {
        long number and >= 0 and <= int.MaxValue => (int)number,
        double number and >= 0 and <= int.MaxValue => (int)number,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        _ => null,
    };

    public static double? Number(object? value) => value switch
    {
        long number => number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    /// <summary>A structure that may also have been sent as a text of JSON.</summary>
    public static object? Structure(object? value)
    {
        if (value is not string text || text.AsSpan().TrimStart() is not (['[', ..] or ['{', ..]))
        {
            return value;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Plain(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return value;
        }
    }

    /// <summary>Reads an AnyValue of the protobuf encoding.</summary>
    public static object? ReadProtobuf(ProtobufCursor value, int depth = 0)
    {
        object? read = null;
        while (value.Next())
        {
            switch (value.Field)
            {
                case 1:
                    value.Expect(2);
                    read = value.ReadText();
                    break;
                case 2:
                    value.Expect(0);
                    read = value.ReadVarint() != 0;
                    break;
                case 3:
                    value.Expect(0);
                    read = (long)value.ReadVarint();
                    break;
                case 4:
                    value.Expect(1);
                    read = value.ReadDouble();
                    break;
                case 5 when depth < MaxDepth:
                    read = ReadList(value.ReadMessage(), depth + 1);
                    break;
                case 6 when depth < MaxDepth:
                    List<KeyValuePair<string, object?>> pairs = [];
                    ReadPairs(value.ReadMessage(), 1, pairs, depth + 1);
                    read = ToMap(pairs);
                    break;
                case 7:
                    value.Expect(2);
                    read = value.ReadBytes(out _).ToArray();
                    break;
                default:
                    value.Skip();
                    break;
            }
        }

        return read;
    }

    /// <summary>Reads a KeyValue.</summary>
    public static KeyValuePair<string, object?> ReadPair(ProtobufCursor pair, int depth = 0)
    {
        string key = "";
        object? value = null;
        while (pair.Next())
        {
            switch (pair.Field)
            {
                case 1:
                    pair.Expect(2);
                    key = pair.ReadText();
                    break;
                case 2:
                    value = ReadProtobuf(pair.ReadMessage(), depth);
                    break;
                default:
                    pair.Skip();
                    break;
            }
        }

        return KeyValuePair.Create(key, value);
    }

    /// <summary>Reads an AnyValue of the JSON encoding.</summary>
    public static object? ReadJson(JsonElement value, int depth = 0)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty field in value.EnumerateObject())
        {
            switch (field.Name)
            {
                case "stringValue":
                    return field.Value.GetString();
                case "boolValue":
                    return field.Value.GetBoolean();
                case "intValue":
                    return OtlpJson.Int64(field.Value);
                case "doubleValue":
                    return OtlpJson.Double(field.Value);
                case "bytesValue":
                    return field.Value.GetBytesFromBase64();
                case "arrayValue" when depth < MaxDepth:
                    return OtlpJson.Items(field.Value, "values").Select(v => ReadJson(v, depth + 1)).ToList();
                case "kvlistValue" when depth < MaxDepth:
                    return ToMap(OtlpJson.Items(field.Value, "values").Select(v => OtlpJson.Pair(v, depth + 1)));
            }
        }

        return null;
    }

    private static List<object?> ReadList(ProtobufCursor list, int depth)
    {
        List<object?> values = [];
        while (list.Next())
        {
            if (list.Field == 1)
            {
                values.Add(ReadProtobuf(list.ReadMessage(), depth));
            }
            else
            {
                list.Skip();
            }
        }

        return values;
    }

    private static void ReadPairs(ProtobufCursor message, int field, List<KeyValuePair<string, object?>> pairs, int depth)
    {
        while (message.Next())
        {
            if (message.Field == field)
            {
                pairs.Add(ReadPair(message.ReadMessage(), depth));
            }
            else
            {
                message.Skip();
            }
        }
    }

    private static Dictionary<string, object?> ToMap(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        Dictionary<string, object?> map = new(StringComparer.Ordinal);
        foreach ((string key, object? value) in pairs)
        {
            map[key] = value;
        }

        return map;
    }

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Object => ToMap(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Plain(p.Value)))),
        _ => null,
    };

    private static JsonNode? Node(object? value) => value switch
    {
        List<object?> list => new JsonArray([.. list.Select(Node)]),
        Dictionary<string, object?> map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Node(p.Value)))),
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        null => null,
        _ => JsonValue.Create(Text(value)),
    };
}
