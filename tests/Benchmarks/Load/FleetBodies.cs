using System.Buffers;
using System.Buffers.Binary;
using Grainwatch.Cluster.Tests.Support;
using Snappier;

namespace Grainwatch.Benchmarks.Load;

/// <summary>
/// Remote-write bodies of a fleet: E endpoints x 2 components x (12 series + 8 GPUs x 4 series), 88 series an endpoint, one
/// point each 10 s. A series is written as protobuf once; for a body the bytes are put together, and the time and the value of
/// each sample are written over, so that a sender on one core keeps ahead of the server on the other.
/// </summary>
/// <param name="endpoints">E.</param>
/// <param name="prefix">Before the number in an endpoint's name.</param>
internal sealed class FleetBodies(int endpoints, string prefix = "fleet")
{
    public const int SeriesOfEndpoint = 2 * (12 + (8 * 4));
    public const long IntervalMs = 10_000;

    /// <summary>Samples of one request, as a sender of a large fleet cuts them.</summary>
    public const int SeriesOfRequest = 8_800;

    // Behind the labels: the field, its length, a double and a time of six bytes.
    private const int ValueFromEnd = 15;
    private const int TimeFromEnd = 6;

    private readonly (byte[] Bytes, SeriesShape Shape)[] _series = Series(endpoints, prefix);

    public int Endpoints => endpoints;

    public int Count => _series.Length;

    public string Name(int endpoint) => $"{prefix}-{endpoint:0000}";

    /// <summary>The requests of one tick. In order: endpoint after endpoint. Shuffled: the series of the tick in any order.</summary>
    public IEnumerable<Body> Tick(long timeUnixMs, Random? shuffle = null)
    {
        int[] order = [.. Enumerable.Range(0, _series.Length)];
        shuffle?.Shuffle(order);
        for (int start = 0; start < order.Length; start += SeriesOfRequest)
        {
            yield return Write(order.AsSpan(start, Math.Min(SeriesOfRequest, order.Length - start)), timeUnixMs, []);
        }
    }

    /// <summary>One request with all series of some endpoints that lie side by side; some of its values replaced.</summary>
    public Body Of(int firstEndpoint, int count, long timeUnixMs, ReadOnlySpan<(int Series, double Value)> replaced)
    {
        int[] order = [.. Enumerable.Range(firstEndpoint * SeriesOfEndpoint, count * SeriesOfEndpoint)];
        return Write(order, timeUnixMs, replaced);
    }

    /// <summary>The number of a series of a component, 0 or 1.</summary>
    public static int SeriesOf(int endpoint, int component, string metric) => (endpoint * SeriesOfEndpoint)
        + (component * SeriesOfEndpoint / 2) + Array.FindIndex(SeriesShape.OfComponent, shape => shape.Name == metric);

    /// <summary>What a series was sent as at a time.</summary>
    public double ValueAt(int series, long timeUnixMs) => _series[series].Shape.At(series, timeUnixMs / IntervalMs);

    /// <summary>How the server names a series: its entity and its metric.</summary>
    public string EntityAndMetric(int series)
    {
        int endpoint = series / SeriesOfEndpoint;
        (int component, int own) = Math.DivRem(series % SeriesOfEndpoint, SeriesOfEndpoint / 2);
        int gpu = (8 * component) + ((own - SeriesShape.OfComponent.Length) / SeriesShape.OfGpu.Length);
        string entity = own < SeriesShape.OfComponent.Length ? $"model-{component}" : $"i-0/{gpu}";
        return $"{Name(endpoint)}/{entity} {_series[series].Shape.Name}";
    }

    private Body Write(ReadOnlySpan<int> order, long timeUnixMs, ReadOnlySpan<(int Series, double Value)> replaced)
    {
        int length = 0;
        foreach (int index in order)
        {
            length += _series[index].Bytes.Length;
        }

        byte[] message = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> time = stackalloc byte[TimeFromEnd];
        WriteTime(time, timeUnixMs);
        int at = 0;
        foreach (int index in order)
        {
            (byte[] bytes, SeriesShape shape) = _series[index];
            bytes.CopyTo(message, at);
            at += bytes.Length;
            double value = shape.At(index, timeUnixMs / IntervalMs);
            foreach ((int series, double other) in replaced)
            {
                value = series == index ? other : value;
            }

            BinaryPrimitives.WriteDoubleLittleEndian(message.AsSpan(at - ValueFromEnd), value);
            time.CopyTo(message.AsSpan(at - TimeFromEnd));
        }

        byte[] body = ArrayPool<byte>.Shared.Rent(Snappy.GetMaxCompressedLength(length));
        int written = Snappy.Compress(message.AsSpan(0, length), body);
        ArrayPool<byte>.Shared.Return(message);
        return new Body(body, written, order.Length);
    }

    private static void WriteTime(Span<byte> target, long timeUnixMs)
    {
        for (int i = 0; i < TimeFromEnd; i++)
        {
            target[i] = (byte)((timeUnixMs >> (7 * i) & 0x7f) | (i < TimeFromEnd - 1 ? 0x80L : 0));
        }
    }

    private static (byte[] Bytes, SeriesShape Shape)[] Series(int endpoints, string prefix)
    {
        List<(byte[], SeriesShape)> series = [];
        for (int e = 0; e < endpoints; e++)
        {
            string name = $"{prefix}-{e:0000}";
            for (int c = 0; c < 2; c++)
            {
                series.AddRange(SeriesShape.OfComponent.Select(shape =>
                    (Bytes(("__name__", shape.Name), ("component", $"model-{c}"), ("endpoint", name)), shape)));
                for (int g = 8 * c; g < 8 * (c + 1); g++)
                {
                    string gpu = $"{g}";
                    series.AddRange(SeriesShape.OfGpu.Select(shape =>
                        (Bytes(("__name__", shape.Name), ("endpoint", name), ("gpu", gpu), ("instance_id", "i-0")), shape)));
                }
            }
        }

        return [.. series];
    }

    private static byte[] Bytes(params (string Name, string Value)[] labels)
    {
        RemoteWriteBody body = new();
        // Any time of our days takes six bytes.
        body.Add(RemoteWriteBody.Labels(labels.Select(l => KeyValuePair.Create(l.Name, l.Value))), (1L << 40, 1));
        return body.Message();
    }
}
