using System.Buffers;

namespace Grainwatch.Signals.Quality.Text;

/// <summary>Sets of characters that several scanners look for.</summary>
internal static class Marks
{
    /// <summary>What rulers, frames and separators are drawn with.</summary>
    public static readonly SearchValues<char> Ruler =
        SearchValues.Create("-=_*~#+.:|<> \t\n\u00B7\u2500\u2501\u2502\u2503\u2550\u2551\u253C\u254B\u2022");

    /// <summary>What stands between the numbers of one run.</summary>
    public static readonly SearchValues<char> NumberGap = SearchValues.Create(" ,;.)\n\r\t");

    /// <summary>Digits and the decimal point.</summary>
    public static readonly SearchValues<char> Decimal = SearchValues.Create("0123456789.");

    /// <summary>What a line of brackets alone is made of.</summary>
    public static readonly SearchValues<char> Brackets = SearchValues.Create("[](){},;");

    /// <summary>Where a URL in prose ends.</summary>
    public static readonly SearchValues<char> UrlEnd = SearchValues.Create(" \n\t)>\"]");
}
