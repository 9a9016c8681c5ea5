using System.Buffers.Binary;
using System.Numerics;

namespace Grainwatch.Signals.Windows;

/// <summary>
/// Packs the 30 values of one column and page, and gives them back bit for bit.
/// </summary>
/// <remarks>
/// <para>Frame of reference: the values become whole numbers, of which the least and, in as few bits as the greatest
/// difference needs, the differences to it are kept. Unlike delta chains it is decoded from any place and never grows
/// with noise (J. Goldstein, R. Ramakrishnan, U. Shaft: Compressing Relations and Indexes, ICDE 1998).</para>
/// <para>Metrics arrive as decimals, so the whole numbers are the values times 10^k for the least k from 0 to 6 that
/// gives every value back exactly; the test compares bits, so that -0 and 1e-5 are not rounded away. Where no k does,
/// the numbers are the bits of the floats, ordered as the floats are: values of one magnitude still share their upper
/// bits, and the worst case is 32 bits a value.</para>
/// <para>Layout: code (bits 0-2 k, 7 for float bits; 3 gaps follow; 4-5 several: none, all, bits follow; 6-7 bytes of the
/// least value: 0, 1, 2, 4), width, least value, gap bits, several bits, differences. An empty column takes no byte.</para>
/// </remarks>
internal static class PageCodec
{
    public const int Rows = 30;
    public const uint AllRows = (1u << Rows) - 1;

    /// <summary>The most bytes that <see cref="Encode"/> writes for a column.</summary>
    public const int MaxBytes = 2 + 4 + 4 + 4 + (Rows * 4);

    /// <summary>The decoder reads 8 bytes at a time: as many must follow the last column.</summary>
    public const int Slack = 8;

    private const int FloatBits = 7;
    private const int GapFlag = 1 << 3;
    private const int SeveralAll = 1 << 4;
    private const int SeveralBits = 2 << 4;

    // An array: a span of constants that are longer than a byte is made by a call in code that is not optimised yet.
    private static readonly double[] Scales = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private static ReadOnlySpan<byte> LeastSizes => [0, 1, 2, 4];

    /// <summary>Packs 30 values, NaN meaning none.</summary>
    /// <param name="values">The rows, oldest first.</param>
    /// <param name="several">Rows that several points were folded into, as bits.</param>
    /// <param name="target">At least <see cref="MaxBytes"/> + <see cref="Slack"/> bytes; what is behind the result is undefined.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<float> values, uint several, Span<byte> target)
    {
        Span<long> whole = stackalloc long[Rows];
        Span<float> present = stackalloc float[Rows];
        uint rows = 0;
        int count = 0;
        for (int i = 0; i < Rows; i++)
        {
            if (!float.IsNaN(values[i]))
            {
                rows |= 1u << i;
                present[count++] = values[i];
            }
        }

        if (count == 0)
        {
            return 0;
        }

        int code = ToWhole(present[..count], whole);
        long least = whole[0];
        long most = whole[0];
        for (int i = 1; i < count; i++)
        {
            least = Math.Min(least, whole[i]);
            most = Math.Max(most, whole[i]);
        }

        int width = 64 - BitOperations.LeadingZeroCount((ulong)(most - least));
        several &= rows;
        int leastCode = least == 0 ? 0 : least == (sbyte)least ? 1 : least == (short)least ? 2 : 3;
        target[0] = (byte)(code | (rows == AllRows ? 0 : GapFlag) | (several == 0 ? 0 : several == rows ? SeveralAll : SeveralBits) | (leastCode << 6));
        target[1] = (byte)width;
        BinaryPrimitives.WriteInt32LittleEndian(target[2..], (int)least);
        int at = 2 + LeastSizes[leastCode];
        if (rows != AllRows)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], rows);
            at += 4;
        }

        if (several != 0 && several != rows)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], several);
            at += 4;
        }

        return at + Pack(whole[..count], least, width, target[at..]);
    }

    /// <summary>Unpacks what <see cref="Encode"/> wrote; <paramref name="source"/> reaches <see cref="Slack"/> bytes further.</summary>
    /// <returns>The rows that several points were folded into, as bits.</returns>
    public static uint Decode(ReadOnlySpan<byte> source, Span<float> values)
    {
        int header = source[0];
        int width = source[1];
        int at = 2 + LeastSizes[header >> 6];
        long least = (header >> 6) switch
        {
            0 => 0,
            1 => (sbyte)source[2],
            2 => BinaryPrimitives.ReadInt16LittleEndian(source[2..]),
            _ => BinaryPrimitives.ReadInt32LittleEndian(source[2..]),
        };
        uint rows = AllRows;
        if ((header & GapFlag) != 0)
        {
            rows = BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);
            at += 4;
            values[..Rows].Fill(float.NaN);
        }

        uint several = (header & SeveralAll) != 0 ? rows : 0;
        if ((header & SeveralBits) != 0)
        {
            several = BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);
            at += 4;
        }

        ReadOnlySpan<byte> bits = source[at..];
        ulong mask = (1UL << width) - 1;
        int code = header & FloatBits;
        double scale = code == FloatBits ? 0 : Scales[code];
        int position = 0;
        for (uint left = rows; left != 0; left &= left - 1)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bits[(position >> 3)..]);
            long whole = least + (long)((word >> (position & 7)) & mask);
            position += width;
            values[BitOperations.TrailingZeroCount(left)] =
                code == FloatBits ? BitConverter.Int32BitsToSingle(Ordered((int)whole)) : (float)(whole / scale);
        }

        return several;
    }

    /// <summary>Would <see cref="Decode"/> stay inside these bytes?</summary>
    public static bool IsValid(ReadOnlySpan<byte> column)
    {
        if (column.Length < 2 || column[1] > 32 || (column[0] & (SeveralAll | SeveralBits)) == (SeveralAll | SeveralBits))
        {
            return column.IsEmpty;
        }

        int at = 2 + LeastSizes[column[0] >> 6];
        uint rows = AllRows;
        if ((column[0] & GapFlag) != 0)
        {
            if (column.Length < at + 4)
            {
                return false;
            }

            rows = BinaryPrimitives.ReadUInt32LittleEndian(column[at..]);
            at += 4;
        }

        at += (column[0] & SeveralBits) != 0 ? 4 : 0;
        return (rows & ~AllRows) == 0 && column.Length == at + (((BitOperations.PopCount(rows) * column[1]) + 7) / 8);
    }

    private static int ToWhole(ReadOnlySpan<float> values, Span<long> whole)
    {
        for (int code = 0; code < Scales.Length; code++)
        {
            if (TryScale(values, Scales[code], whole))
            {
                return code;
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            whole[i] = Ordered(BitConverter.SingleToInt32Bits(values[i]));
        }

        return FloatBits;
    }

    private static bool TryScale(ReadOnlySpan<float> values, double scale, Span<long> whole)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double scaled = Math.Round(values[i] * scale);
            if (Math.Abs(scaled) > int.MaxValue
                || BitConverter.SingleToInt32Bits((float)(((long)scaled) / scale)) != BitConverter.SingleToInt32Bits(values[i]))
            {
                return false;
            }

            whole[i] = (long)scaled;
        }

        return true;
    }

    /// <summary>Maps the bits of floats to integers of the same order, and back: it is its own inverse.</summary>
    private static int Ordered(int bits) => bits ^ ((bits >> 31) & int.MaxValue);

    private static int Pack(ReadOnlySpan<long> whole, long least, int width, Span<byte> target)
    {
        ulong word = 0;
        int filled = 0;
        int at = 0;
        foreach (long value in whole)
        {
            word |= (ulong)(value - least) << filled;
            filled += width;
            while (filled >= 8)
            {
                target[at++] = (byte)word;
                word >>= 8;
                filled -= 8;
            }
        }

        if (filled > 0)
        {
            target[at++] = (byte)word;
        }

        return at;
    }
}
