using System.Text;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Writes protobuf fields, independently of the readers under test.</summary>
internal sealed class Pb
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public Pb Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>The fields of another after these.</summary>
    public Pb Append(Pb other)
    {
        _bytes.AddRange(other._bytes);
        return this;
    }

    public Pb Message(int field, Pb message) => Bytes(field, message.ToArray());

    public Pb Bytes(int field, byte[] bytes)
    {
        Raw((ulong)((field << 3) | 2));
        Raw((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public Pb Varint(int field, ulong value)
    {
        Raw((ulong)(field << 3));
        Raw(value);
        return this;
    }

    public Pb ZigZag(int field, int value) => Varint(field, (uint)((value << 1) ^ (value >> 31)));

    public Pb Fixed(int field, ulong value)
    {
        Raw((ulong)((field << 3) | 1));
        _bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public Pb Double(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    public Pb PackedFixed(int field, IEnumerable<ulong> values) => Bytes(field, [.. values.SelectMany(BitConverter.GetBytes)]);

    public Pb PackedVarint(int field, IEnumerable<ulong> values)
    {
        Pb inner = new();
        foreach (ulong value in values)
        {
            inner.Raw(value);
        }

        return Bytes(field, inner.ToArray());
    }

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
