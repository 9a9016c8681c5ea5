using System.Net;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>IPv4 in dotted decimal and IPv6. Unspecified and loopback addresses, and version numbers of four parts, are left out.</summary>
internal static class IpScanner
{
    private const int LengthMax = 45;

    public static void Scan(string text, FindingSet found)
    {
        for (int i = 0; i < text.Length;)
        {
            if (!IsPart(text[i]))
            {
                i++;
                continue;
            }

            int end = i;
            while (end < text.Length && IsPart(text[end]))
            {
                end++;
            }

            bool apart = (i == 0 || !IsJoined(text[i - 1])) && (end == text.Length || !IsJoined(text[end]));
            int last = end;
            while (last > i && text[last - 1] is '.' or ':')
            {
                last--;
            }

            ReadOnlySpan<char> address = text.AsSpan(i, last - i);
            if (apart && address.Length is >= 7 and <= LengthMax && (IsV4(text, i, address) || IsV6(address)))
            {
                found.Add(PrivacyTypes.Ip, i, last);
            }

            i = end;
        }
    }

    private static bool IsPart(char c) => char.IsAsciiHexDigit(c) || c is '.' or ':';

    private static bool IsJoined(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '/';

    private static bool IsV4(string text, int start, ReadOnlySpan<char> address)
    {
        if (address.Count('.') != 3 || address.IndexOfAnyExcept(Marks.Decimal) >= 0)
        {
            return false;
        }

        bool version = start >= 2 && text.AsSpan(Math.Max(0, start - 9), Math.Min(9, start)).TrimEnd() is var before
            && (before.EndsWith("version", StringComparison.OrdinalIgnoreCase) || before.EndsWith("release", StringComparison.OrdinalIgnoreCase));
        return !version && IPAddress.TryParse(address, out IPAddress? ip) && !IPAddress.IsLoopback(ip) && address is not "0.0.0.0";
    }

    private static bool IsV6(ReadOnlySpan<char> address)
    {
        int colons = address.Count(':');
        return colons is >= 2 and <= 7 && !address.Contains('.') && (colons == 7 || address.Contains("::", StringComparison.Ordinal))
            && IPAddress.TryParse(address, out IPAddress? ip) && !IPAddress.IsLoopback(ip);
    }
}
