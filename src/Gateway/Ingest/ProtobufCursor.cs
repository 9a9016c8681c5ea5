using System.Buffers.Binary;
using System.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Grainwatch.Gateway.Ingest;

/// <summary>
/// Walks the fields of one protobuf message (encoding specification of Protocol Buffers). Bounds are checked before
/// every step; anything that does not fit is a <see cref="MalformedBodyException"/> that names the offset.
/// </summary>
internal ref struct ProtobufCursor(ReadOnlySpan<byte> message, int offset)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly int _offset = offset;
    private int _position;

    public int Field { get; private set; }

    public int WireType { get; private set; }

    /// <summary>Steps to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (_position == _message.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)(tag >> 3);
        WireType = (int)(tag & 7);
        return Field > 0 && tag <= uint.MaxValue ? true : throw Broken("a field number that cannot be");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        // Tags and most lengths are a byte.
        if ((uint)_position < (uint)_message.Length && _message[_position] < 0x80)
        {
            return _message[_position++];
        }

        return ReadLongVarint();
    }

    private ulong ReadLongVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position == _message.Length)
            {
                throw Broken("a number that is cut off");
            }

            byte b = _message[_position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number of more than 64 bits");
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)));

    /// <summary>A fixed64 or sfixed64.</summary>
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A sint32: small negative numbers are short.</summary>
    public int ReadZigZag()
    {
        uint value = (uint)ReadVarint();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>A text in UTF-8.</summary>
    public string ReadText()
    {
        ReadOnlySpan<byte> bytes = ReadBytes(out int start);
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new MalformedBodyException($"byte {start}: a text that is not UTF-8");
    }

    /// <summary>The values of a repeated double, packed or one of many.</summary>
    public void ReadDoubles(List<double> values, int max)
    {
        foreach (ulong bits in ReadFixed64s(max - values.Count))
        {
            values.Add(BitConverter.UInt64BitsToDouble(bits));
        }
    }

    /// <summary>The values of a repeated fixed64, packed or one of many.</summary>
    public ulong[] ReadFixed64s(int max)
    {
        if (WireType == 1)
        {
            return max > 0 ? [ReadFixed64()] : throw Broken($"field {Field} holds too many numbers");
        }

        Expect(2);
        ReadOnlySpan<byte> packed = ReadBytes(out _);
        if (packed.Length % 8 != 0 || packed.Length / 8 > max)
        {
            throw Broken(packed.Length % 8 != 0 ? "packed numbers that are cut off" : $"field {Field} holds too many numbers");
        }

        ulong[] values = new ulong[packed.Length / 8];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt64LittleEndian(packed[(8 * i)..]);
        }

        return values;
    }

    /// <summary>The values of a repeated uint64, packed or one of many.</summary>
    public void ReadVarints(List<ulong> values, int max)
    {
        if (WireType == 0)
        {
            values.Add(values.Count < max ? ReadVarint() : throw Broken($"field {Field} holds too many numbers"));
            return;
        }

        Expect(2);
        ReadOnlySpan<byte> packed = ReadBytes(out int start);
        ProtobufCursor inner = new(packed, start);
        while (inner._position < packed.Length)
        {
            values.Add(values.Count < max ? inner.ReadVarint() : throw Broken($"field {Field} holds too many numbers"));
        }
    }

    /// <summary>The message in a length-delimited field.</summary>
    public ProtobufCursor ReadMessage()
    {
        Expect(2);
        ReadOnlySpan<byte> message = ReadBytes(out int start);
        return new ProtobufCursor(message, start);
    }

    /// <summary>The bytes of a length-delimited field, and where they start in the whole body.</summary>
    public ReadOnlySpan<byte> ReadBytes(out int start)
    {
        ulong length = ReadVarint();
        if (length > (ulong)(_message.Length - _position))
        {
            throw Broken("a length beyond the end");
        }

        start = _offset + _position;
        return Take((int)length);
    }

    /// <summary>Requires the wire type of a known field.</summary>
    public readonly void Expect(int wireType)
    {
        if (WireType != wireType)
        {
            throw Broken($"field {Field} with wire type {WireType}");
        }
    }

    public void Skip()
    {
        switch (WireType)
        {
            case 0:
                ReadVarint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                ReadBytes(out _);
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Broken($"wire type {WireType}");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - _position)
        {
            throw Broken("a value that is cut off");
        }

        ReadOnlySpan<byte> taken = _message.Slice(_position, length);
        _position += length;
        return taken;
    }

    private readonly MalformedBodyException Broken(string what) => new($"byte {_offset + _position}: {what}");
}
