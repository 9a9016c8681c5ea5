namespace Grainwatch.Gateway.Ingest.Otlp;

/// <content>Data points of every kind.</content>
internal static partial class OtlpProtobuf
{
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
                case 6:
                    point.Counts.AddRange(message.ReadFixed64s(MaxNumbers - point.Counts.Count));
                    break;
                case 7:
                    message.ReadDoubles(point.Bounds, MaxNumbers);
                    break;
                default:
                    ReadTotals(ref message, point, budget, attributes: 9, flags: 10);
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
                    ReadTotals(ref message, point, budget, attributes: 1, flags: 10);
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
                case 6 when point.Quantiles.Count < MaxNumbers:
                    point.Quantiles.Add(ReadQuantile(message.ReadMessage()));
                    break;
                default:
                    ReadTotals(ref message, point, budget, attributes: 7, flags: 8);
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

    /// <summary>The fields that histograms of both kinds and summaries have.</summary>
    private static void ReadTotals(ref ProtobufCursor message, OtlpPoint point, OtlpBudget budget, int attributes, int flags)
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
            default:
                ReadCommon(ref message, point, budget, attributes, flags);
                break;
        }
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
}
