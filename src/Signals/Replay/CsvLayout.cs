using System.Text;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Where the fields of a CSV file are, by the names in its header (any order, any case, unknown columns ignored), and
/// the cutting of a line into fields. Quoted fields follow RFC 4180, without line ends in them.
/// </summary>
internal sealed class CsvLayout
{
    private const int MaxColumns = 32;
    private const int MaxHeaderBytes = 4096;

    private readonly int[] _fields;
    private readonly Range[] _ranges = new Range[MaxColumns];
    private readonly int _required;
    private byte[] _unquoted = [];

    private CsvLayout(int[] fields, int required)
    {
        _fields = fields;
        _required = required;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="header">The first line.</param>
    /// <param name="names">The fields that are wanted; <see cref="Field"/> numbers them in this order.</param>
    /// <param name="required">So many of them, from the first on, must be there.</param>
    /// <param name="error">What is missing; null when all is there.</param>
    public static CsvLayout? TryCreate(ReadOnlySpan<byte> header, string[] names, int required, out string? error)
    {
        string text = Encoding.UTF8.GetString(header[..Math.Min(header.Length, MaxHeaderBytes)]);
        string[] columns = [.. text.Split(',').Take(MaxColumns).Select(c => c.Trim().Trim('"'))];
        int[] fields = [.. names.Select(n => Array.FindIndex(columns, c => c.Equals(n, StringComparison.OrdinalIgnoreCase)))];
        int missing = Array.FindIndex(fields, 0, required, f => f < 0);
        if (missing >= 0)
        {
            error = $"the header must name {string.Join(',', names.Take(required))}: '{names[missing]}' is missing";
            return null;
        }

        error = null;
        return new CsvLayout(fields, required);
    }

    /// <summary>Cuts a line.</summary>
    /// <returns>False when a required field is not there, or a quote is not closed.</returns>
    public bool TryCut(ref ReadOnlySpan<byte> line)
    {
        int column = 0;
        int start = 0;
        while (column < MaxColumns)
        {
            int stop = line[start..].IndexOfAny((byte)',', (byte)'"');
            int end = stop < 0 ? line.Length : start + stop;
            if (stop >= 0 && line[end] == '"')
            {
                return TryCutQuoted(ref line);
            }

            _ranges[column++] = start..end;
            if (stop < 0)
            {
                break;
            }

            start = end + 1;
        }

        return Complete(column);
    }

    /// <summary>A field of the line that was cut last; empty when the file has no such column.</summary>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int field)
    {
        int column = _fields[field];
        return column < 0 ? default : line[_ranges[column]];
    }

    private bool Complete(int columns)
    {
        _ranges.AsSpan(columns).Clear();
        for (int i = 0; i < _required; i++)
        {
            if (_fields[i] >= columns)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryCutQuoted(ref ReadOnlySpan<byte> line)
    {
        if (_unquoted.Length < line.Length)
        {
            _unquoted = new byte[line.Length * 2];
        }

        int column = 0;
        int start = 0;
        int written = 0;
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            byte b = line[i];
            if (b == '"')
            {
                bool doubled = quoted && i + 1 < line.Length && line[i + 1] == '"';
                if (doubled)
                {
                    _unquoted[written++] = b;
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (b == ',' && !quoted)
            {
                if (column < MaxColumns)
                {
                    _ranges[column++] = start..written;
                }

                start = written;
            }
            else
            {
                _unquoted[written++] = b;
            }
        }

        if (column < MaxColumns)
        {
            _ranges[column++] = start..written;
        }

        line = _unquoted.AsSpan(0, written);
        return !quoted && Complete(column);
    }
}
