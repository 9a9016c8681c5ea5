using System.Text;

namespace Grainwatch.Benchmarks.Ingest;

/// <summary>Just enough of protocol buffers to write remote-write 1.0.</summary>
internal static class Protobuf
{
    public static byte[] Labels(IEnumerable<(string Name, string Value)> labels)
    {
        using MemoryStream series = new();
        foreach ((string name, string value) in labels)
        {
            using MemoryStream label = new();
            Bytes(label, 1, Encoding.UTF8.GetBytes(name));
            Bytes(label, 2, Encoding.UTF8.GetBytes(value));
            Bytes(series, 1, label.ToArray());
        }

        return series.ToArray();
    }

    /// <summary>One TimeSeries with one sample, into a WriteRequest.</summary>
    public static void Series(Stream request, byte[] labels, long timeUnixMs, double value)
    {
        using MemoryStream sample = new();
        sample.WriteByte((1 << 3) | 1);
        sample.Write(BitConverter.GetBytes(value));
        sample.WriteByte(2 << 3);
        Varint(sample, (ulong)timeUnixMs);
        using MemoryStream series = new();
        series.Write(labels);
        Bytes(series, 2, sample.ToArray());
        Bytes(request, 1, series.ToArray());
    }

    private static void Bytes(Stream target, int field, byte[] bytes)
    {
        Varint(target, (ulong)((field << 3) | 2));
        Varint(target, (ulong)bytes.Length);
        target.Write(bytes);
    }

    private static void Varint(Stream target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.WriteByte((byte)(value | 0x80));
        }

        target.WriteByte((byte)value);
    }
}
