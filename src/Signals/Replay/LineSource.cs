using System.Buffers.Binary;
using System.IO.Compression;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Cuts a file into lines of bytes, decompressing it where its name ends in <c>.gz</c>. A line that is too long is
/// reported and skipped; a file that is too large or broken ends early with a <see cref="Failure"/>.
/// </summary>
internal sealed class LineSource : IDisposable
{
    private const int FirstBufferBytes = 1 << 18;
    private const int FileBufferBytes = 1 << 16;
    private const int MaxDeflateRatio = 1032;

    private readonly Stream _stream;
    private readonly Stream? _packed;
    private readonly int _maxLineBytes;
    private readonly long _maxFileBytes;
    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private long _bytesRead;
    private bool _ended;

    public LineSource(string path, int maxLineBytes, long maxFileBytes)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBufferBytes, FileOptions.SequentialScan);
        _packed = path.EndsWith(".gz", StringComparison.Ordinal) ? file : null;
        _stream = _packed is null ? file : new GZipStream(file, CompressionMode.Decompress);
        _maxLineBytes = maxLineBytes;
        _maxFileBytes = maxFileBytes;
        ExpectedBytes = Math.Min(maxFileBytes, _packed is null ? file.Length : Math.Min(ClosingLength(file), file.Length * MaxDeflateRatio));
    }

    /// <summary>How long the file says it is after decompression. A hint: a damaged file may say anything within its limits.</summary>
    public long ExpectedBytes { get; }

    /// <summary>Number of the line that was read last; the first is 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why reading ended before the end of the file; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Reads the next line, without its end. The span is valid until the next call.</summary>
    /// <param name="line">Empty when the line was too long.</param>
    /// <param name="tooLong">True when the line is longer than allowed.</param>
    /// <returns>False at the end, and after a failure.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        tooLong = false;
        int scanned = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                int length = scanned + newline;
                tooLong |= length > _maxLineBytes;
                line = tooLong ? default : Trimmed(length);
                _start += length + 1;
                Line++;
                return true;
            }

            scanned = _end - _start;
            if (scanned > _maxLineBytes)
            {
                tooLong = true;
                _start = _end;
                scanned = 0;
            }

            if (!_ended)
            {
                Fill();
                continue;
            }

            return TryTakeRest(scanned, tooLong, out line);
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool TryTakeRest(int length, bool tooLong, out ReadOnlySpan<byte> line)
    {
        // What stands behind the last line end of a broken file is half a row: reading it as a whole one would invent a value.
        bool any = Failure is null && (length > 0 || tooLong);
        line = any && !tooLong ? Trimmed(length) : default;
        _start = _end;
        Line += any ? 1 : 0;
        return any;
    }

    private ReadOnlySpan<byte> Trimmed(int length)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        if (Line == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _bytesRead += read;
            _ended = read == 0;
            if (_ended && _packed is not null && !IsComplete(_packed))
            {
                Fail("the compressed data end early, or are several files in one; what came before is kept");
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            Fail(e is InvalidDataException ? "the compressed data are damaged; what came before is kept" : e.Message);
        }

        if (_bytesRead > _maxFileBytes)
        {
            Fail($"longer than {_maxFileBytes} bytes after decompression; what came before is kept");
        }
    }

    /// <summary>A file that was cut ends like a whole one for the library, so the length that closes it is compared.</summary>
    private bool IsComplete(Stream packed) => packed.Length >= sizeof(uint) && ClosingLength(packed) == (uint)_bytesRead;

    /// <summary>The length modulo 2^32 that closes a gzip file (RFC 1952).</summary>
    private static uint ClosingLength(Stream packed)
    {
        if (packed.Length < sizeof(uint))
        {
            return 0;
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        long position = packed.Position;
        packed.Position = packed.Length - length.Length;
        packed.ReadExactly(length);
        packed.Position = position;
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    private void Fail(string reason)
    {
        Failure = reason;
        _ended = true;
    }
}
