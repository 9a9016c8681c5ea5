using System.Globalization;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Lengths of time as rule files write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>24h</c>.</summary>
public static class Durations
{
    /// <summary>The shortest spelling with one unit.</summary>
    public static string Format(TimeSpan span)
    {
        long ms = (long)span.TotalMilliseconds;
        return ms switch
        {
            0 => "0s",
            _ when ms % 3_600_000 == 0 => $"{ms / 3_600_000}h",
            _ when ms % 60_000 == 0 => $"{ms / 60_000}m",
            _ when ms % 1000 == 0 => $"{ms / 1000}s",
            _ => $"{ms}ms",
        };
    }

    /// <summary>Reads digits and a unit, <c>d</c> for days included; a bare 0 is accepted.</summary>
    /// <returns>False when the text is no length, or longer than 366 days.</returns>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        if (digits == 0 || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount))
        {
            return false;
        }

        double unitMs = text[digits..] switch { "ms" => 1, "s" => 1000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, "" when amount == 0 => 1, _ => double.NaN };
        double ms = amount * unitMs;
        if (!(ms >= 0 && ms <= 366.0 * 86_400_000))
        {
            return false;
        }

        span = TimeSpan.FromMilliseconds(Math.Round(ms));
        return amount == 0 || span > TimeSpan.Zero;
    }
}
