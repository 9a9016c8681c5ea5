using System.Globalization;
using System.Text.Json;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// Reads the JSON encoding of OTLP 1.x: names in lowerCamelCase, 64-bit numbers as texts or numbers, ids in hexadecimal,
/// enumerations as numbers. Unknown fields are skipped.
/// </summary>
internal static class OtlpJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    public static List<OtlpResource> ReadMetrics(ReadOnlyMemory<byte> body, OtlpBudget budget) =>
        Read(body, "resourceMetrics", (resource, element) =>
        {
            foreach (JsonElement metric in Items(element, "scopeMetrics").SelectMany(s => Items(s, "metrics")))
            {
                resource.Metrics.Add(Metric(metric, budget));
            }
        }, budget);

    public static List<OtlpResource> ReadLogs(ReadOnlyMemory<byte> body, OtlpBudget budget) =>
        Read(body, "resourceLogs", (resource, element) =>
        {
            foreach (JsonElement log in Items(element, "scopeLogs").SelectMany(s => Items(s, "logRecords")))
            {
                budget.TakeItem();
                resource.Logs.Add(Log(log, budget));
            }
        }, budget);

    /// <summary>The items of a list that may be absent.</summary>
    internal static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray()
        : Find(element, name) is null ? []
        : throw new MalformedBodyException($"'{name}' is not a list");

    internal static long Int64(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : value.GetInt64();

    internal static double Double(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)
        : value.GetDouble();

    internal static KeyValuePair<string, object?> Pair(JsonElement pair, int depth = 0) =>
        KeyValuePair.Create(Text(pair, "key"), Find(pair, "value") is { } value ? OtlpValues.ReadJson(value, depth) : null);

    private static List<OtlpResource> Read(ReadOnlyMemory<byte> body, string list, Action<OtlpResource, JsonElement> fill,
        OtlpBudget budget)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Options);
            List<OtlpResource> resources = [];
            foreach (JsonElement element in Items(document.RootElement, list))
            {
                OtlpResource resource = new();
                if (Find(element, "resource") is { } described)
                {
                    ReadAttributes(described, resource.Attributes, budget);
                }

                fill(resource, element);
                resources.Add(resource);
            }

            return resources;
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: not JSON");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
        {
            // What cannot be read as a number is quoted by the platform, and may be a text that somebody asked a model.
            string what = e is FormatException ? "a text that is no number" : e.Message;
            throw new MalformedBodyException($"a value of a type that its field does not have: {what}");
        }
    }

    private static JsonElement? Find(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedBodyException($"what should hold '{name}' is not an object");
        }

        return element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null ? found : null;
    }

    private static string Text(JsonElement element, string name) => Find(element, name)?.GetString() ?? "";

    private static ulong UInt64(JsonElement element, string name) => Find(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => ulong.Parse(text.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture),
        { } number => number.GetUInt64(),
        null => 0,
    };

    private static double? Double(JsonElement element, string name) => Find(element, name) is { } value ? Double(value) : null;

    private static int Int32(JsonElement element, string name) => Find(element, name) is { } value ? checked((int)Int64(value)) : 0;

    private static void ReadAttributes(JsonElement element, List<KeyValuePair<string, object?>> attributes, OtlpBudget budget)
    {
        foreach (JsonElement pair in Items(element, "attributes"))
        {
            attributes.Add(Pair(pair));
            budget.CheckAttributes(attributes.Count);
        }
    }

    private static OtlpMetric Metric(JsonElement element, OtlpBudget budget)
    {
        OtlpMetric metric = new() { Name = Text(element, "name") };
        foreach ((string name, OtlpMetricKind kind) in ((string, OtlpMetricKind)[])
            [
                ("gauge", OtlpMetricKind.Gauge), ("sum", OtlpMetricKind.Sum), ("histogram", OtlpMetricKind.Histogram),
                ("exponentialHistogram", OtlpMetricKind.ExponentialHistogram), ("summary", OtlpMetricKind.Summary),
            ])
        {
            if (Find(element, name) is not { } data)
            {
                continue;
            }

            metric.Kind = kind;
            metric.Temporality = Int32(data, "aggregationTemporality");
            metric.IsMonotonic = Find(data, "isMonotonic")?.GetBoolean() ?? false;
            foreach (JsonElement point in Items(data, "dataPoints"))
            {
                budget.TakeItem();
                metric.Points.Add(Point(point, kind, budget));
            }
        }

        return metric;
    }

    private static OtlpPoint Point(JsonElement element, OtlpMetricKind kind, OtlpBudget budget)
    {
        OtlpPoint point = new() { TimeUnixNano = UInt64(element, "timeUnixNano"), Flags = (uint)UInt64(element, "flags") };
        ReadAttributes(element, point.Attributes, budget);
        if (kind is OtlpMetricKind.Gauge or OtlpMetricKind.Sum)
        {
            point.Value = Double(element, "asDouble") ?? (Find(element, "asInt") is { } whole ? Int64(whole) : null);
            return point;
        }

        point.Count = UInt64(element, "count");
        point.Sum = Double(element, "sum");
        switch (kind)
        {
            case OtlpMetricKind.Histogram:
                point.Counts.AddRange(Counts(element));
                point.Bounds.AddRange(Items(element, "explicitBounds").Select(Double));
                break;
            case OtlpMetricKind.ExponentialHistogram:
                point.Scale = Int32(element, "scale");
                point.ZeroCount = UInt64(element, "zeroCount");
                if (Find(element, "positive") is { } positive)
                {
                    point.Offset = Int32(positive, "offset");
                    point.Counts.AddRange(Counts(positive));
                }

                point.NegativeCounts.AddRange(Find(element, "negative") is { } negative ? Counts(negative) : []);
                break;
            default:
                point.Quantiles.AddRange(Items(element, "quantileValues").Select(
                    q => (Double(q, "quantile") ?? 0, Double(q, "value") ?? 0)));
                break;
        }

        bool isTooLong = Math.Max(point.Counts.Count, Math.Max(point.Bounds.Count, point.Quantiles.Count)) > OtlpProtobuf.MaxNumbers;
        return isTooLong ? throw new MalformedBodyException($"a data point with more than {OtlpProtobuf.MaxNumbers} buckets or quantiles") : point;
    }

    private static IEnumerable<ulong> Counts(JsonElement element) =>
        Items(element, "bucketCounts").Select(c => c.ValueKind == JsonValueKind.String
        ? ulong.Parse(c.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture)
        : c.GetUInt64());

    private static OtlpLog Log(JsonElement element, OtlpBudget budget)
    {
        OtlpLog log = new()
        {
            TimeUnixNano = UInt64(element, "timeUnixNano"),
            ObservedTimeUnixNano = UInt64(element, "observedTimeUnixNano"),
            TraceId = Text(element, "traceId").ToLowerInvariant(),
            SpanId = Text(element, "spanId").ToLowerInvariant(),
            EventName = Text(element, "eventName"),
            Body = Find(element, "body") is { } body ? OtlpValues.ReadJson(body) : null,
        };
        ReadAttributes(element, log.Attributes, budget);
        return log;
    }
}
