using System.Globalization;

namespace Grainwatch.Signals;

/// <summary>
/// An instant of event time: whole milliseconds since 1970-01-01T00:00:00Z. The core has no other clock; "now" is
/// always an argument of this type.
/// </summary>
/// <param name="UnixMs">Milliseconds since the Unix epoch, in the years 1 to 9999.</param>
public readonly record struct Timestamp(long UnixMs) : IComparable<Timestamp>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const long MinUnixMs = -62_135_596_800_000;
    private const long MaxUnixMs = 253_402_300_799_999;

    /// <summary>The earliest instant that can be written: 0001-01-01T00:00:00.000Z.</summary>
    public static Timestamp MinValue => new(MinUnixMs);

    /// <summary>The latest instant that can be written: 9999-12-31T23:59:59.999Z.</summary>
    public static Timestamp MaxValue => new(MaxUnixMs);

    /// <summary>True when the instant can be written. Times from elsewhere are asked before they are kept.</summary>
    public bool IsInRange => UnixMs is >= MinUnixMs and <= MaxUnixMs;

    /// <summary>Rounded to the millisecond.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number, or outside the years 1 to 9999.</exception>
    public static Timestamp FromUnixSeconds(double seconds) => InRange(seconds * 1000.0)
        ? new((long)Math.Round(seconds * 1000.0))
        : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "lies outside the years 1 to 9999");

    public static Timestamp FromDateTimeOffset(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);

    /// <summary>The start of the interval of the given length that holds this instant, counted from the epoch.</summary>
    /// <param name="interval">At least 1 ms; what is below a millisecond is cut off.</param>
    public Timestamp Floor(TimeSpan interval)
    {
        long ms = (long)interval.TotalMilliseconds;
        long remainder = UnixMs % ms;
        return new Timestamp(UnixMs - (remainder < 0 ? remainder + ms : remainder));
    }

    public static Timestamp operator +(Timestamp time, TimeSpan span) => new(time.UnixMs + (long)span.TotalMilliseconds);

    public static Timestamp operator -(Timestamp time, TimeSpan span) => new(time.UnixMs - (long)span.TotalMilliseconds);

    public static TimeSpan operator -(Timestamp left, Timestamp right) =>
        TimeSpan.FromMilliseconds(left.UnixMs - right.UnixMs);

    public static bool operator <(Timestamp left, Timestamp right) => left.UnixMs < right.UnixMs;

    public static bool operator >(Timestamp left, Timestamp right) => left.UnixMs > right.UnixMs;

    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixMs <= right.UnixMs;

    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixMs >= right.UnixMs;

    public static Timestamp Max(Timestamp left, Timestamp right) => left >= right ? left : right;

    public static Timestamp Min(Timestamp left, Timestamp right) => left <= right ? left : right;

    public int CompareTo(Timestamp other) => UnixMs.CompareTo(other.UnixMs);

    /// <summary>ISO 8601 in UTC with milliseconds, as every document of the product carries it.</summary>
    public override string ToString() => ToDateTimeOffset().ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads ISO 8601 (a time without a zone is UTC) or Unix seconds with an optional fraction.</summary>
    /// <returns>False when the text is neither, or lies outside the years 1 to 9999.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Timestamp time)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            time = InRange(seconds * 1000.0) ? FromUnixSeconds(seconds) : default;
            return InRange(seconds * 1000.0);
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        DateTimeOffset iso = default;

        // Without a date the platform would take today's, which is a clock read.
        bool read = text.Length >= 10 && text[4] == '-' && text[7] == '-' && char.IsAsciiDigit(text[0])
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out iso);
        time = read ? FromDateTimeOffset(iso) : default;
        return read;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is no time.</exception>
    public static Timestamp Parse(string text) =>
        TryParse(text, out Timestamp time) ? time : throw new FormatException($"'{text}' is neither ISO 8601 nor Unix seconds");

    private static bool InRange(double unixMs) => unixMs is >= MinUnixMs and <= MaxUnixMs;
}
