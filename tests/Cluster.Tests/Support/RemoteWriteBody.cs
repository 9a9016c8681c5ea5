using System.Buffers.Binary;
using System.Text;
using Snappier;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Writes a remote-write 1.0 request by the specification, independently of the reader under test.</summary>
internal sealed class RemoteWriteBody
{
    /// <summary>The quiet NaN by which Prometheus says that a series ended.</summary>
    public static readonly double Stale = BitConverter.UInt64BitsToDouble(0x7ff0000000000002);

    private readonly List<byte> _request = [];

    public byte[] Message => [.. _request];

    /// <param name="labels">As <c>name=value name=value</c>.</param>
    /// <param name="samples">Times in milliseconds and values.</param>
    public RemoteWriteBody Series(string labels, params (long UnixMs, double Value)[] samples)
    {
        List<byte> series = [];
        foreach (string label in labels.Split(' '))
        {
            int at = label.IndexOf('=');
            List<byte> pair = [];
            Bytes(pair, 1, Encoding.UTF8.GetBytes(label[..at]));
            Bytes(pair, 2, Encoding.UTF8.GetBytes(label[(at + 1)..]));
            Bytes(series, 1, [.. pair]);
        }

        foreach ((long time, double value) in samples)
        {
            byte[] number = new byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(number, value);
            List<byte> sample = [(1 << 3) | 1, .. number, 2 << 3];
            Varint(sample, (ulong)time);
            Bytes(series, 2, [.. sample]);
        }

        Bytes(_request, 1, [.. series]);
        return this;
    }

    public byte[] Compressed() => Snappy.CompressToArray(Message);

    private static void Bytes(List<byte> target, int field, byte[] bytes)
    {
        Varint(target, (ulong)((field << 3) | 2));
        Varint(target, (ulong)bytes.Length);
        target.AddRange(bytes);
    }

    private static void Varint(List<byte> target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.Add((byte)(value | 0x80));
        }

        target.Add((byte)value);
    }
}
