namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// Reads the protobuf encoding of OTLP 1.x: ExportMetricsServiceRequest and ExportLogsServiceRequest, of which only the
/// fields that are used here. The numbers are those of the protocol's message definitions.
/// </summary>
internal static class OtlpProtobuf
{
    /// <summary>Buckets, bounds or quantiles of one point.</summary>
    public const int MaxNumbers = 4096;

    public static List<OtlpResource> ReadMetrics(ReadOnlySpan<byte> body, OtlpBudget budget)
    {
        List<OtlpResource> resources = [];
        ProtobufCursor request = new(body, 0);
        while (request.Next())
        {
            if (request.Field == 1)
            {
                resources.Add(ReadResource(request.ReadMessage(), budget, isLogs: false));
            }
            else
            {
                request.Skip();
            }
        }

        return resources;
    }

    public static List<OtlpResource> ReadLogs(ReadOnlySpan<byte> body, OtlpBudget budget)
    {
        List<OtlpResource> resources = [];
        ProtobufCursor request = new(body, 0);
        while (request.Next())
        {
            if (request.Field == 1)
            {
                resources.Add(ReadResource(request.ReadMessage(), budget, isLogs: true));
            }
            else
            {
                request.Skip();
            }
        }

        return resources;
    }

    private static OtlpResource ReadResource(ProtobufCursor message, OtlpBudget budget, bool isLogs)
    {
        OtlpResource resource = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    ReadAttributes(message.ReadMessage(), 1, resource.Attributes, budget);
                    break;
                case 2:
                    ReadScope(message.ReadMessage(), resource, budget, isLogs);
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return resource;
    }

    private static void ReadAttributes(ProtobufCursor message, int field, List<KeyValuePair<string, object?>> attributes, OtlpBudget budget)
    {
        while (message.Next())
        {
            if (message.Field == field)
            {
                attributes.Add(OtlpValues.ReadPair(message.ReadMessage()));
                budget.CheckAttributes(attributes.Count);
            }
            else
            {
                message.Skip();
            }
        }
    }

    private static void ReadScope(ProtobufCursor scope, OtlpResource resource, OtlpBudget budget, bool isLogs)
    {
        while (scope.Next())
        {
            if (scope.Field != 2)
            {
                scope.Skip();
            }
            else if (isLogs)
            {
                budget.TakeItem();
                resource.Logs.Add(ReadLog(scope.ReadMessage(), budget));
            }
            else
            {
                resource.Metrics.Add(ReadMetric(scope.ReadMessage(), budget));
            }
        }
    }

    private static OtlpMetric ReadMetric(ProtobufCursor message, OtlpBudget budget)
    {
        OtlpMetric metric = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    message.Expect(2);
                    metric.Name = message.ReadText();
                    break;
                case 5:
                    ReadPoints(message.ReadMessage(), metric, OtlpMetricKind.Gauge, budget);
                    break;
                case 7:
                    ReadPoints(message.ReadMessage(), metric, OtlpMetricKind.Sum, budget);
                    break;
                case 9:
                    ReadPoints(message.ReadMessage(), metric, OtlpMetricKind.Histogram, budget);
                    break;
                case 10:
                    ReadPoints(message.ReadMessage(), metric, OtlpMetricKind.ExponentialHistogram, budget);
                    break;
                case 11:
                    ReadPoints(message.ReadMessage(), metric, OtlpMetricKind.Summary, budget);
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return metric;
    }

    private static void ReadPoints(ProtobufCursor data, OtlpMetric metric, OtlpMetricKind kind, OtlpBudget budget)
    {
        metric.Kind = kind;
        while (data.Next())
        {
            switch (data.Field)
            {
                case 1:
                    budget.TakeItem();
                    metric.Points.Add(kind switch
                    {
                        OtlpMetricKind.Histogram => ReadHistogram(data.ReadMessage(), budget),
                        OtlpMetricKind.ExponentialHistogram => ReadExponential(data.ReadMessage(), budget),
                        OtlpMetricKind.Summary => ReadSummary(data.ReadMessage(), budget),
                        _ => ReadNumber(data.ReadMessage(), budget),
                    });
                    break;
                case 2:
                    data.Expect(0);
                    metric.Temporality = (int)data.ReadVarint();
                    break;
                case 3:
                    data.Expect(0);
                    metric.IsMonotonic = data.ReadVarint() != 0;
                    break;
                default:
                    data.Skip();
                    break;
            }
        }
    }

    private static OtlpPoint ReadNumber(ProtobufCursor message, OtlpBudget budget)
    {
        OtlpPoint point = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 4:
                    message.Expect(1);
                    point.Value = message.ReadDouble();
                    break;
                case 6:
                    message.Expect(1);
                    point.Value = (long)message.ReadFixed64();
                    break;
                default:
                    ReadCommon(ref message, point, budget, attributes: 7, flags: 8);
                    break;
            }
        }

        return point;
    }

    private static OtlpPoint ReadHistogram(ProtobufCursor message, OtlpBudget budget)
    {
        OtlpPoint point = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 4:
                    message.Expect(1);
                    point.Count = message.ReadFixed64();
                    break;
                case 5:
                    message.Expect(1);
                    point.Sum = message.ReadDouble();
                    break;
                case 6:
                    point.Counts.AddRange(message.ReadFixed64s(MaxNumbers - point.Counts.Count));
                    break;
                case 7:
                    message.ReadDoubles(point.Bounds, MaxNumbers);
                    break;
                default:
                    ReadCommon(ref message, point, budget, attributes: 9, flags: 10);
                    break;
            }
        }

        return point;
    }

    private static OtlpPoint ReadExponential(ProtobufCursor message, OtlpBudget budget)
    {
        OtlpPoint point = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 4:
                    message.Expect(1);
                    point.Count = message.ReadFixed64();
                    break;
                case 5:
                    message.Expect(1);
                    point.Sum = message.ReadDouble();
                    break;
                case 6:
                    message.Expect(0);
                    point.Scale = message.ReadZigZag();
                    break;
                case 7:
                    message.Expect(1);
                    point.ZeroCount = message.ReadFixed64();
                    break;
                case 8:
                    point.Offset = ReadBuckets(message.ReadMessage(), point.Counts);
                    break;
                case 9:
                    ReadBuckets(message.ReadMessage(), point.NegativeCounts);
                    break;
                default:
                    ReadCommon(ref message, point, budget, attributes: 1, flags: 10);
                    break;
            }
        }

        return point;
    }

    private static int ReadBuckets(ProtobufCursor buckets, List<ulong> counts)
    {
        int offset = 0;
        while (buckets.Next())
        {
            switch (buckets.Field)
            {
                case 1:
                    buckets.Expect(0);
                    offset = buckets.ReadZigZag();
                    break;
                case 2:
                    buckets.ReadVarints(counts, MaxNumbers);
                    break;
                default:
                    buckets.Skip();
                    break;
            }
        }

        return offset;
    }

    private static OtlpPoint ReadSummary(ProtobufCursor message, OtlpBudget budget)
    {
        OtlpPoint point = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 4:
                    message.Expect(1);
                    point.Count = message.ReadFixed64();
                    break;
                case 5:
                    message.Expect(1);
                    point.Sum = message.ReadDouble();
                    break;
                case 6 when point.Quantiles.Count < MaxNumbers:
                    point.Quantiles.Add(ReadQuantile(message.ReadMessage()));
                    break;
                default:
                    ReadCommon(ref message, point, budget, attributes: 7, flags: 8);
                    break;
            }
        }

        return point;
    }

    private static (double Quantile, double Value) ReadQuantile(ProtobufCursor message)
    {
        (double quantile, double value) = (0, 0);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    message.Expect(1);
                    quantile = message.ReadDouble();
                    break;
                case 2:
                    message.Expect(1);
                    value = message.ReadDouble();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return (quantile, value);
    }

    /// <summary>The fields that every kind of point has; the time has the same number in all.</summary>
    private static void ReadCommon(ref ProtobufCursor message, OtlpPoint point, OtlpBudget budget, int attributes, int flags)
    {
        if (message.Field == 3)
        {
            message.Expect(1);
            point.TimeUnixNano = message.ReadFixed64();
        }
        else if (message.Field == attributes)
        {
            point.Attributes.Add(OtlpValues.ReadPair(message.ReadMessage()));
            budget.CheckAttributes(point.Attributes.Count);
        }
        else if (message.Field == flags)
        {
            message.Expect(0);
            point.Flags = (uint)message.ReadVarint();
        }
        else
        {
            message.Skip();
        }
    }

    private static OtlpLog ReadLog(ProtobufCursor message, OtlpBudget budget)
    {
        OtlpLog log = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    message.Expect(1);
                    log.TimeUnixNano = message.ReadFixed64();
                    break;
                case 11:
                    message.Expect(1);
                    log.ObservedTimeUnixNano = message.ReadFixed64();
                    break;
                case 5:
                    log.Body = OtlpValues.ReadProtobuf(message.ReadMessage());
                    break;
                case 6:
                    log.Attributes.Add(OtlpValues.ReadPair(message.ReadMessage()));
                    budget.CheckAttributes(log.Attributes.Count);
                    break;
                case 9:
                    message.Expect(2);
                    log.TraceId = Convert.ToHexStringLower(message.ReadBytes(out _));
                    break;
                case 10:
                    message.Expect(2);
                    log.SpanId = Convert.ToHexStringLower(message.ReadBytes(out _));
                    break;
                case 12:
                    message.Expect(2);
                    log.EventName = message.ReadText();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return log;
    }
}
