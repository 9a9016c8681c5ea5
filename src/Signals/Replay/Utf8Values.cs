using System.Globalization;
using System.Text;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// Numbers and times from UTF-8 bytes: the common shapes by hand, everything else by the library, with equal results.
/// </summary>
internal static class Utf8Values
{
    private const int MaxExactDigits = 15;
    private const int MaxTimeBytes = 64;
    private const int MaxUnixSecondDigits = 11;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a decimal number; <c>NaN</c> and infinities are read as such.</summary>
    /// <remarks>
    /// A number of at most 15 digits is a whole number below 2^53 divided by a power of ten up to 10^15; both are exact
    /// doubles, so the one rounding of the division gives the nearest double (Clinger 1990), as the library does.
    /// </remarks>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        int at = text is [(byte)'-', ..] ? 1 : 0;
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; at < text.Length; at++)
        {
            uint digit = text[at] - (uint)'0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                count++;
            }
            else if (text[at] == (byte)'.' && point < 0)
            {
                point = count;
            }
            else
            {
                return TrySlowNumber(text, out value);
            }

            if (count > MaxExactDigits)
            {
                return TrySlowNumber(text, out value);
            }
        }

        value = point < 0 ? digits : digits / PowersOfTen[count - point];
        value = text is [(byte)'-', ..] ? 0.0 - value : value;
        return count > 0;
    }

    /// <summary>Reads a time as <see cref="Timestamp.TryParse"/> does.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out long unixMs)
    {
        if (TryIso(text, out unixMs) || TryUnixSeconds(text, out unixMs))
        {
            return true;
        }

        if (text.Length is 0 or > MaxTimeBytes)
        {
            return false;
        }

        Span<char> characters = stackalloc char[MaxTimeBytes];
        int length = Encoding.UTF8.GetChars(text, characters);
        bool read = Timestamp.TryParse(characters[..length], out Timestamp time);
        unixMs = time.UnixMs;
        return read;
    }

    private static bool TrySlowNumber(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryUnixSeconds(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.Length is 0 or > MaxUnixSecondDigits || fraction.Length > 3 || (point >= 0 && fraction.IsEmpty)
            || !TryDigits(whole, out long seconds) || !TryDigits(fraction, out long part))
        {
            return false;
        }

        unixMs = (seconds * 1000) + (part * (fraction.Length switch { 1 => 100, 2 => 10, _ => 1 }));
        return true;
    }

    /// <summary><c>yyyy-MM-ddTHH:mm:ss[.f…]Z</c>, T or a blank; another zone or shape is left to the library.</summary>
    private static bool TryIso(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text.Length < 20 || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ')
            || text[13] != ':' || text[16] != ':'
            || !TryDigits(text[..4], out long year) || !TryDigits(text[5..7], out long month)
            || !TryDigits(text[8..10], out long day) || !TryDigits(text[11..13], out long hour)
            || !TryDigits(text[14..16], out long minute) || !TryDigits(text[17..19], out long second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        long milliseconds = 0;
        ReadOnlySpan<byte> fraction = text[19..^1];
        if (!fraction.IsEmpty)
        {
            if (fraction.Length is < 2 or > 4 || fraction[0] != '.' || !TryDigits(fraction[1..], out milliseconds))
            {
                return false;
            }

            milliseconds *= fraction.Length switch { 2 => 100, 3 => 10, _ => 1 };
        }

        unixMs = ((DaysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + (second * 1000) + milliseconds;
        return true;
    }

    /// <summary>Days of the proleptic Gregorian calendar since 1970-01-01, counted in years that begin in March.</summary>
    private static long DaysSinceEpoch(long year, long month, long day)
    {
        long y = month <= 2 ? year - 1 : year;
        long era = y / 400;
        long yearOfEra = y - (era * 400);
        long dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5 + day - 1;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (byte b in text)
        {
            uint digit = b - (uint)'0';
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
