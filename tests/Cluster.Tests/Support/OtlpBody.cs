using System.Text;
using System.Text.Json.Nodes;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Writes OTLP requests in both encodings, independently of the readers under test.</summary>
internal static class OtlpBody
{
    public static byte[] Protobuf(Dictionary<string, string> resource, params OtlpTestMetric[] metrics)
    {
        Pb scope = new();
        foreach (OtlpTestMetric metric in metrics)
        {
            scope.Message(2, Metric(metric));
        }

        return new Pb().Message(1, new Pb().Message(1, Attributes(1, resource)).Message(2, scope)).ToArray();
    }

    public static byte[] Json(Dictionary<string, string> resource, params OtlpTestMetric[] metrics) => Encode(new JsonObject
    {
        ["resourceMetrics"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = Attributes(resource) },
            ["scopeMetrics"] = new JsonArray(new JsonObject { ["metrics"] = new JsonArray([.. metrics.Select(JsonMetric)]) }),
        }),
    });

    /// <summary>Log records whose attributes and bodies are given as JSON: texts, numbers, lists and objects.</summary>
    public static byte[] ProtobufLogs(Dictionary<string, string> resource, params OtlpTestLog[] logs)
    {
        Pb scope = new();
        foreach (OtlpTestLog log in logs)
        {
            Pb record = new Pb().Fixed(1, Nano(log.TimeUnixMs)).Text(12, log.EventName)
                .Bytes(9, Convert.FromHexString(log.TraceId)).Bytes(10, Convert.FromHexString(log.SpanId));
            if (log.Body is not null)
            {
                record.Message(5, Value(log.Body));
            }

            foreach ((string key, JsonNode? value) in log.Attributes)
            {
                record.Message(6, new Pb().Text(1, key).Message(2, Value(value)));
            }

            scope.Message(2, record);
        }

        return new Pb().Message(1, new Pb().Message(1, Attributes(1, resource)).Message(2, scope)).ToArray();
    }

    public static byte[] JsonLogs(Dictionary<string, string> resource, params OtlpTestLog[] logs) => Encode(new JsonObject
    {
        ["resourceLogs"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = Attributes(resource) },
            ["scopeLogs"] = new JsonArray(new JsonObject
            {
                ["logRecords"] = new JsonArray([.. logs.Select(log => (JsonNode)new JsonObject
                {
                    ["timeUnixNano"] = Nano(log.TimeUnixMs).ToString(),
                    ["eventName"] = log.EventName,
                    ["traceId"] = log.TraceId,
                    ["spanId"] = log.SpanId,
                    ["body"] = log.Body is null ? null : AnyValue(log.Body),
                    ["attributes"] = new JsonArray([.. log.Attributes.Select(a => (JsonNode)new JsonObject { ["key"] = a.Key, ["value"] = AnyValue(a.Value) })]),
                })]),
            }),
        }),
    });

    private static byte[] Encode(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private static ulong Nano(long unixMs) => (ulong)unixMs * 1_000_000;

    private static Pb Attributes(int field, Dictionary<string, string> attributes)
    {
        Pb message = new();
        foreach ((string key, string value) in attributes)
        {
            message.Message(field, new Pb().Text(1, key).Message(2, new Pb().Text(1, value)));
        }

        return message;
    }

    private static JsonArray Attributes(Dictionary<string, string> attributes) =>
        [.. attributes.Select(a => (JsonNode)new JsonObject { ["key"] = a.Key, ["value"] = new JsonObject { ["stringValue"] = a.Value } })];

    private static Pb Metric(OtlpTestMetric metric)
    {
        (int field, int attributes, int flags) = metric.Kind switch
        {
            "gauge" => (5, 7, 8),
            "sum" => (7, 7, 8),
            "histogram" => (9, 9, 10),
            "exponentialHistogram" => (10, 1, 10),
            _ => (11, 7, 8),
        };
        Pb data = new();
        foreach (OtlpTestPoint point in metric.Points)
        {
            Pb message = new Pb().Fixed(3, Nano(point.TimeUnixMs)).Varint(flags, point.Flags);
            foreach ((string key, string value) in point.Attributes)
            {
                message.Message(attributes, new Pb().Text(1, key).Message(2, new Pb().Text(1, value)));
            }

            data.Message(1, Point(metric.Kind, point, message));
        }

        if (metric.Kind is not ("gauge" or "summary"))
        {
            data.Varint(2, (ulong)metric.Temporality);
        }

        if (metric.Kind == "sum")
        {
            data.Varint(3, metric.IsMonotonic ? 1UL : 0);
        }

        return new Pb().Text(1, metric.Name).Message(field, data);
    }

    private static Pb Point(string kind, OtlpTestPoint point, Pb message)
    {
        switch (kind)
        {
            case "gauge" or "sum":
                return point.IsInteger ? message.Fixed(6, (ulong)(long)point.Value) : message.Double(4, point.Value);
            case "histogram":
                message.Fixed(4, point.Count).PackedFixed(6, point.Counts).PackedFixed(7, point.Bounds.Select(BitConverter.DoubleToUInt64Bits));
                break;
            case "exponentialHistogram":
                message.Fixed(4, point.Count).ZigZag(6, point.Scale).Fixed(7, point.ZeroCount)
                    .Message(8, new Pb().ZigZag(1, point.Offset).PackedVarint(2, point.Counts));
                break;
            default:
                message.Fixed(4, point.Count);
                foreach ((double quantile, double value) in point.Quantiles)
                {
                    message.Message(6, new Pb().Double(1, quantile).Double(2, value));
                }

                break;
        }

        return point.Sum is { } sum ? message.Double(5, sum) : message;
    }

    private static JsonNode JsonMetric(OtlpTestMetric metric)
    {
        JsonObject data = new() { ["dataPoints"] = new JsonArray([.. metric.Points.Select(p => JsonPoint(metric.Kind, p))]) };
        if (metric.Kind is not ("gauge" or "summary"))
        {
            data["aggregationTemporality"] = metric.Temporality;
        }

        if (metric.Kind == "sum")
        {
            data["isMonotonic"] = metric.IsMonotonic;
        }

        return new JsonObject { ["name"] = metric.Name, [metric.Kind] = data };
    }

    private static JsonNode JsonPoint(string kind, OtlpTestPoint point)
    {
        JsonObject json = new() { ["timeUnixNano"] = Nano(point.TimeUnixMs).ToString(), ["flags"] = point.Flags, ["attributes"] = Attributes(point.Attributes) };
        if (kind is "gauge" or "sum")
        {
            // A whole number is a text in one request and a number in the next: both are right.
            json[point.IsInteger ? "asInt" : "asDouble"] = point.IsInteger ? ((long)point.Value).ToString() : point.Value;
            return json;
        }

        json["count"] = point.Count.ToString();
        json["sum"] = point.Sum;
        switch (kind)
        {
            case "histogram":
                json["bucketCounts"] = new JsonArray([.. point.Counts.Select((c, i) => i % 2 == 0 ? JsonValue.Create(c.ToString()) : (JsonNode)JsonValue.Create(c))]);
                json["explicitBounds"] = new JsonArray([.. point.Bounds.Select(b => (JsonNode)JsonValue.Create(b))]);
                break;
            case "exponentialHistogram":
                json["scale"] = point.Scale;
                json["zeroCount"] = point.ZeroCount.ToString();
                json["positive"] = new JsonObject { ["offset"] = point.Offset, ["bucketCounts"] = new JsonArray([.. point.Counts.Select(c => (JsonNode)JsonValue.Create(c.ToString()))]) };
                break;
            default:
                json["quantileValues"] = new JsonArray([.. point.Quantiles.Select(q => (JsonNode)new JsonObject { ["quantile"] = q.Quantile, ["value"] = q.Value })]);
                break;
        }

        return json;
    }

    private static Pb Value(JsonNode? node)
    {
        Pb value = new();
        switch (node)
        {
            case JsonArray list:
                Pb items = new();
                foreach (JsonNode? item in list)
                {
                    items.Message(1, Value(item));
                }

                return value.Message(5, items);
            case JsonObject map:
                Pb pairs = new();
                foreach ((string key, JsonNode? item) in map)
                {
                    pairs.Message(1, new Pb().Text(1, key).Message(2, Value(item)));
                }

                return value.Message(6, pairs);
            case JsonValue scalar when scalar.TryGetValue(out string? text):
                return value.Text(1, text);
            case JsonValue scalar when scalar.TryGetValue(out bool flag):
                return value.Varint(2, flag ? 1UL : 0);
            case JsonValue scalar when scalar.TryGetValue(out int whole):
                return value.Varint(3, (ulong)whole);
            case JsonValue scalar:
                return value.Double(4, scalar.GetValue<double>());
            default:
                return value;
        }
    }

    private static JsonNode AnyValue(JsonNode? node) => node switch
    {
        JsonArray list => new JsonObject { ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. list.Select(AnyValue)]) } },
        JsonObject map => new JsonObject
        {
            ["kvlistValue"] = new JsonObject { ["values"] = new JsonArray([.. map.Select(p => (JsonNode)new JsonObject { ["key"] = p.Key, ["value"] = AnyValue(p.Value) })]) },
        },
        JsonValue scalar when scalar.TryGetValue(out string? text) => new JsonObject { ["stringValue"] = text },
        JsonValue scalar when scalar.TryGetValue(out bool flag) => new JsonObject { ["boolValue"] = flag },
        JsonValue scalar when scalar.TryGetValue(out int whole) => new JsonObject { ["intValue"] = whole.ToString() },
        JsonValue scalar => new JsonObject { ["doubleValue"] = scalar.GetValue<double>() },
        _ => new JsonObject(),
    };
}
