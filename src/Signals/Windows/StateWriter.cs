using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Grainwatch.Signals.Windows;

/// <summary>Writes plain values one after the other, in the order of bytes that every supported machine has.</summary>
internal sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public void Write<T>(T value)
        where T : unmanaged => WriteSpan(new ReadOnlySpan<T>(in value));

    public void Write(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Write(utf8.Length);
        WriteSpan<byte>(utf8);
    }

    public void WriteSpan<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _buffer.Write(MemoryMarshal.AsBytes(values));

    public byte[] ToArrayWithChecksum()
    {
        Write(Checksum(_buffer.WrittenSpan));
        return _buffer.WrittenSpan.ToArray();
    }

    public static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
