using System.Text;
using Snappier;

namespace Grainwatch.Gateway.Ingest;

/// <summary>
/// Reads a Prometheus remote-write 1.0 body: a snappy block that holds
/// <c>WriteRequest{ timeseries = 1: TimeSeries{ labels = 1: Label{ name = 1, value = 2 }, samples = 2: Sample{ value = 1, timestamp = 2 } } }</c>.
/// Unknown fields, exemplars and metadata are skipped.
/// </summary>
public static class RemoteWriteReader
{
    /// <summary>A body may not unpack to more than this many bytes.</summary>
    public const int MaxUncompressedBytes = 64 * 1024 * 1024;

    /// <summary>Series in one request, at the most.</summary>
    public const int MaxSeries = 200_000;

    /// <summary>Labels of one series, at the most.</summary>
    public const int MaxLabels = 128;

    /// <exception cref="RemoteWriteException">The body is no snappy block, or no WriteRequest within the bounds.</exception>
    public static IReadOnlyList<RemoteWriteSeries> Read(ReadOnlySpan<byte> body)
    {
        byte[] message = Decompress(body);
        List<RemoteWriteSeries> all = [];
        ProtobufCursor request = new(message, 0);
        while (request.Next())
        {
            if (request.Field != 1)
            {
                request.Skip();
                continue;
            }

            request.Expect(2);
            ReadOnlySpan<byte> series = request.ReadBytes(out int start);
            all.Add(ReadSeries(series, start));
            if (all.Count > MaxSeries)
            {
                throw new RemoteWriteException($"more than {MaxSeries} series in one request");
            }
        }

        return all;
    }

    private static byte[] Decompress(ReadOnlySpan<byte> body)
    {
        try
        {
            int length = Snappy.GetUncompressedLength(body);
            if (length is < 0 or > MaxUncompressedBytes)
            {
                throw new RemoteWriteException($"the body unpacks to more than {MaxUncompressedBytes} bytes");
            }

            byte[] message = new byte[length];
            int written = Snappy.Decompress(body, message);
            return written == length ? message : throw new RemoteWriteException("the snappy block is shorter than it says");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            throw new RemoteWriteException("the body is not a snappy block");
        }
    }

    private static RemoteWriteSeries ReadSeries(ReadOnlySpan<byte> message, int offset)
    {
        List<KeyValuePair<string, string>> labels = [];
        List<long> times = [];
        List<double> values = [];
        int histograms = 0;
        ProtobufCursor series = new(message, offset);
        while (series.Next())
        {
            switch (series.Field)
            {
                case 1:
                    series.Expect(2);
                    labels.Add(ReadLabel(series.ReadBytes(out int labelStart), labelStart));
                    break;
                case 2:
                    series.Expect(2);
                    ReadSample(series.ReadBytes(out int sampleStart), sampleStart, times, values);
                    break;
                case 4:
                    histograms++;
                    series.Skip();
                    break;
                default:
                    series.Skip();
                    break;
            }

            if (labels.Count > MaxLabels)
            {
                throw new RemoteWriteException($"byte {offset}: a series with more than {MaxLabels} labels");
            }
        }

        return new RemoteWriteSeries(labels, [.. times], [.. values], histograms);
    }

    private static KeyValuePair<string, string> ReadLabel(ReadOnlySpan<byte> message, int offset)
    {
        string name = "";
        string value = "";
        ProtobufCursor label = new(message, offset);
        while (label.Next())
        {
            if (label.Field is 1 or 2)
            {
                label.Expect(2);
                ReadOnlySpan<byte> text = label.ReadBytes(out int start);
                if (!System.Text.Unicode.Utf8.IsValid(text))
                {
                    throw new RemoteWriteException($"byte {start}: a label that is not UTF-8");
                }

                if (label.Field == 1)
                {
                    name = Encoding.UTF8.GetString(text);
                }
                else
                {
                    value = Encoding.UTF8.GetString(text);
                }
            }
            else
            {
                label.Skip();
            }
        }

        return KeyValuePair.Create(name, value);
    }

    private static void ReadSample(ReadOnlySpan<byte> message, int offset, List<long> times, List<double> values)
    {
        double value = 0;
        long time = 0;
        ProtobufCursor sample = new(message, offset);
        while (sample.Next())
        {
            switch (sample.Field)
            {
                case 1:
                    sample.Expect(1);
                    value = sample.ReadDouble();
                    break;
                case 2:
                    sample.Expect(0);
                    time = (long)sample.ReadVarint();
                    break;
                default:
                    sample.Skip();
                    break;
            }
        }

        times.Add(time);
        values.Add(value);
    }
}
