using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Grainwatch.Signals.Windows;

/// <summary>Reads what <see cref="StateWriter"/> wrote; every overrun is an <see cref="InvalidDataException"/>.</summary>
internal ref struct StateReader
{
    private const int MaxTextBytes = 65_536;

    private ReadOnlySpan<byte> _rest;

    private StateReader(ReadOnlySpan<byte> state) => _rest = state;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>A reader of what is before the checksum.</summary>
    public static StateReader Checked(ReadOnlySpan<byte> state)
    {
        Require(state.Length > sizeof(ulong), "too short");
        ReadOnlySpan<byte> content = state[..^sizeof(ulong)];
        Require(StateWriter.Checksum(content) == MemoryMarshal.Read<ulong>(state[^sizeof(ulong)..]), "the checksum differs");
        return new StateReader(content);
    }

    public T Read<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(ReadBytes(Unsafe.SizeOf<T>()));

    public void ReadSpan<T>(Span<T> target)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(target);
        ReadBytes(bytes.Length).CopyTo(bytes);
    }

    public string ReadText()
    {
        int length = Read<int>();
        Require(length is >= 0 and <= MaxTextBytes, "a text is too long");
        return Encoding.UTF8.GetString(ReadBytes(length));
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        Require(count <= _rest.Length, "it ends too early");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public static void Require([DoesNotReturnIf(false)] bool condition, string reason)
    {
        if (!condition)
        {
            throw new InvalidDataException($"The state of a window block cannot be restored: {reason}.");
        }
    }
}
