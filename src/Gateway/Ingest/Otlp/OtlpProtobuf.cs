namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// Reads the protobuf encoding of OTLP 1.x: ExportMetricsServiceRequest and ExportLogsServiceRequest, of which only the
/// fields that are used here. The numbers are those of the protocol's message definitions.
/// </summary>
internal static partial class OtlpProtobuf
{
    /// <summary>Buckets, bounds or quantiles of one point.</summary>
    public const int MaxNumbers = 4096;

    public static List<OtlpResource> ReadMetrics(ReadOnlySpan<byte> body, OtlpBudget budget) => Read(body, budget, isLogs: false);

    public static List<OtlpResource> ReadLogs(ReadOnlySpan<byte> body, OtlpBudget budget) => Read(body, budget, isLogs: true);

    private static List<OtlpResource> Read(ReadOnlySpan<byte> body, OtlpBudget budget, bool isLogs)
    {
        List<OtlpResource> resources = [];
        ProtobufCursor request = new(body, 0);
        while (request.Next())
        {
            if (request.Field == 1)
            {
                resources.Add(ReadResource(request.ReadMessage(), budget, isLogs));
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
