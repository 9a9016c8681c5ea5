using System.Text;
using Snappier;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Writes remote-write 1.0 bodies, independently of the reader under test.</summary>
internal sealed class RemoteWriteBody
{
    private readonly List<byte> _request = [];

    public RemoteWriteBody Add(IReadOnlyDictionary<string, string> labels, params (long TimeUnixMs, double Value)[] samples)
    {
        using MemoryStream series = new();
        foreach ((string name, string value) in labels)
        {
            using MemoryStream label = new();
            Bytes(label, 1, Encoding.UTF8.GetBytes(name));
            Bytes(label, 2, Encoding.UTF8.GetBytes(value));
            Bytes(series, 1, label.ToArray());
        }

        foreach ((long time, double value) in samples)
        {
            using MemoryStream sample = new();
            sample.WriteByte((1 << 3) | 1);
            sample.Write(BitConverter.GetBytes(value));
            sample.WriteByte((2 << 3) | 0);
            Varint(sample, (ulong)time);
            Bytes(series, 2, sample.ToArray());
        }

        using MemoryStream request = new();
        Bytes(request, 1, series.ToArray());
        _request.AddRange(request.ToArray());
        return this;
    }

    public byte[] Message() => [.. _request];

    public byte[] Compressed() => Snappy.CompressToArray(Message());

    private static void Bytes(MemoryStream target, int field, byte[] bytes)
    {
        Varint(target, (ulong)((field << 3) | 2));
        Varint(target, (ulong)bytes.Length);
        target.Write(bytes);
    }

    private static void Varint(MemoryStream target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.WriteByte((byte)(value | 0x80));
        }

        target.WriteByte((byte)value);
    }
}
