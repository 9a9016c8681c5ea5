using System.Buffers.Binary;

namespace Grainwatch.Gateway.Ingest;

/// <summary>
/// Walks the fields of one protobuf message (encoding specification of Protocol Buffers). Bounds are checked before
/// every step; anything that does not fit is a <see cref="RemoteWriteException"/> that names the offset.
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

    public ulong ReadVarint()
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

    private readonly RemoteWriteException Broken(string what) => new($"byte {_offset + _position}: {what}");
}
