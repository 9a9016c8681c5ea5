using System.Buffers;
using System.Buffers.Binary;

namespace Grainwatch.Signals.Windows;

/// <summary>
/// Thirty rows of all columns, packed into one array: the offset of each sixteenth column, the length of each column,
/// then the columns as <see cref="PageCodec"/> writes them. One array a page keeps the cost of an object away from the
/// columns, of which each needs about forty bytes.
/// </summary>
internal sealed class SealedPage
{
    private const int GroupSize = 16;

    private byte[] _data;

    private SealedPage(long index, int columns, byte[] data, int length)
    {
        Index = index;
        Columns = columns;
        _data = data;
        Length = length;
    }

    /// <summary>Its first bucket divided by the rows of a page.</summary>
    public long Index { get; private set; }

    public int Columns { get; private set; }

    /// <summary>Bytes in use, without what the decoder reads beyond the end.</summary>
    public int Length { get; private set; }

    public int Capacity => _data.Length;

    public ReadOnlySpan<byte> Bytes => _data.AsSpan(0, Length);

    /// <summary>Packs a page; the array of an expired one is used again where it fits.</summary>
    /// <returns>Null when no column holds anything.</returns>
    public static SealedPage? Seal(long index, int columns, ColumnSource source, SealedPage? expired)
    {
        int header = HeaderLength(columns);
        byte[] scratch = ArrayPool<byte>.Shared.Rent(header + (columns * PageCodec.MaxBytes) + PageCodec.Slack);
        try
        {
            int end = header;
            Span<float> values = stackalloc float[PageCodec.Rows];
            for (int column = 0; column < columns; column++)
            {
                if (column % GroupSize == 0)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(scratch.AsSpan(column / GroupSize * 4), end);
                }

                uint several = source(column, values);
                int length = PageCodec.Encode(values, several, scratch.AsSpan(end));
                scratch[LengthsAt(columns) + column] = (byte)length;
                end += length;
            }

            return end == header ? null : Place(index, columns, scratch.AsSpan(0, end), expired);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>Wraps what <see cref="Bytes"/> gave.</summary>
    /// <returns>Null when the bytes are no page of so many columns.</returns>
    public static SealedPage? FromBytes(long index, int columns, ReadOnlySpan<byte> bytes)
    {
        int end = HeaderLength(columns);
        if (bytes.Length < end)
        {
            return null;
        }

        for (int column = 0; column < columns; column++)
        {
            int length = bytes[LengthsAt(columns) + column];
            bool anchored = column % GroupSize != 0 || BinaryPrimitives.ReadInt32LittleEndian(bytes[(column / GroupSize * 4)..]) == end;
            if (!anchored || end + length > bytes.Length || !PageCodec.IsValid(bytes.Slice(end, length)))
            {
                return null;
            }

            end += length;
        }

        return end == bytes.Length ? Place(index, columns, bytes, null) : null;
    }

    /// <summary>Unpacks one column.</summary>
    /// <returns>The rows that several points were folded into, as bits.</returns>
    public uint Decode(int column, Span<float> values)
    {
        if (column >= Columns || _data[LengthsAt(Columns) + column] == 0)
        {
            values[..PageCodec.Rows].Fill(float.NaN);
            return 0;
        }

        int at = BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(column / GroupSize * 4));
        ReadOnlySpan<byte> lengths = _data.AsSpan(LengthsAt(Columns));
        for (int before = column / GroupSize * GroupSize; before < column; before++)
        {
            at += lengths[before];
        }

        return PageCodec.Decode(_data.AsSpan(at), values);
    }

    /// <summary>Replaces one column; columns that the page does not have yet are added empty.</summary>
    public static SealedPage? Patch(long index, int columns, int column, ReadOnlySpan<float> values, uint several, SealedPage? page)
    {
        int header = HeaderLength(columns);
        byte[] scratch = ArrayPool<byte>.Shared.Rent(header + (page?.Length ?? 0) + PageCodec.MaxBytes + PageCodec.Slack);
        try
        {
            int end = header;
            int from = page is null ? 0 : HeaderLength(page.Columns);
            for (int i = 0; i < columns; i++)
            {
                if (i % GroupSize == 0)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(scratch.AsSpan(i / GroupSize * 4), end);
                }

                int before = page is not null && i < page.Columns ? page._data[LengthsAt(page.Columns) + i] : 0;
                int length = before;
                if (i == column)
                {
                    length = PageCodec.Encode(values, several, scratch.AsSpan(end));
                }
                else if (before > 0)
                {
                    page!._data.AsSpan(from, before).CopyTo(scratch.AsSpan(end));
                }

                scratch[LengthsAt(columns) + i] = (byte)length;
                from += before;
                end += length;
            }

            return end == header ? null : Place(index, columns, scratch.AsSpan(0, end), page);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static SealedPage Place(long index, int columns, ReadOnlySpan<byte> bytes, SealedPage? expired)
    {
        int needed = bytes.Length + PageCodec.Slack;
        if (expired is null)
        {
            expired = new SealedPage(index, columns, new byte[needed], bytes.Length);
        }
        else if (expired.Capacity < needed || expired.Capacity > needed + (needed / 4))
        {
            expired._data = new byte[needed];
        }

        bytes.CopyTo(expired._data);
        expired.Index = index;
        expired.Columns = columns;
        expired.Length = bytes.Length;
        return expired;
    }

    private static int LengthsAt(int columns) => (columns + GroupSize - 1) / GroupSize * 4;

    private static int HeaderLength(int columns) => LengthsAt(columns) + columns;

    /// <summary>Fills in the thirty values of a column and returns the bits of the rows with several points.</summary>
    public delegate uint ColumnSource(int column, Span<float> values);
}
