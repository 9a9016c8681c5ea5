using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>Reads stretches of digits with the marks people put between them, and tells cards, social security numbers and phones apart.</summary>
/// <remarks>
/// A stretch is digits joined by single spaces, dots, hyphens, slashes or brackets, with an optional plus. A date, a time,
/// a decimal number or an amount is none of the three. Cards: 12 to 19 digits that pass Luhn. SSN: 3-2-4 with hyphens
/// outside the ranges that are never given. Phones: 7 to 15 digits that carry a plus, brackets or three groups, or that
/// stand behind a word such as "phone", "call" or "fax"; a street or a name behind two groups makes it an address.
/// </remarks>
internal static class DigitScanner
{
    private const int LengthMax = 40;
    private const int CueReach = 32;

    private static readonly string[] PhoneCues =
        ["phone", "call", "mobile", "cell", "fax", "tel", "desk", "sms", "text", "dial", "whatsapp", "answering", "reach", "number", "registered", "messages", "contact", "hotline", "ring", "home", "work", "office"];

    private static readonly string[] OtherCues =
        ["licen", "account", "order", "invoice", "zip", "postal", "ticket", "isbn", "case", "passport", "reference", "policy", "serial", "model", "tracking", "version"];

    public static void Scan(string text, FindingSet found)
    {
        for (int i = 0; i < text.Length;)
        {
            bool opens = char.IsAsciiDigit(text[i])
                || (text[i] is '+' or '(' && i + 1 < text.Length && (char.IsAsciiDigit(text[i + 1]) || (text[i] == '(' && text[i + 1] == '+')));
            bool joined = i > 0 && (char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '_' or '.' or '/' or '$' or '\u20AC' or '\u00A3');
            if (!opens || (joined && text[i] != '('))
            {
                i = !opens ? i + 1 : SkipDigits(text, i);
                continue;
            }

            int end = End(text, i);
            bool attached = end < text.Length && (char.IsLetter(text[end]) && !IsExtension(text, end)) || (end + 1 < text.Length && text[end] is ':' && char.IsAsciiDigit(text[end + 1]));
            if (!attached)
            {
                Classify(text, i, end, found);
            }

            i = Math.Max(end, i + 1);
        }
    }

    private static int SkipDigits(string text, int i)
    {
        i++;
        while (i < text.Length && char.IsAsciiLetterOrDigit(text[i]))
        {
            i++;
        }

        return i;
    }

    private static int End(string text, int start)
    {
        int i = start;
        int end = start;
        int limit = Math.Min(text.Length, start + LengthMax);
        while (i < limit)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c))
            {
                end = ++i;
            }
            else if (c == '(' || (c == '+' && (i == start || text[i - 1] == '(')))
            {
                bool goes = i + 1 < limit && (char.IsAsciiDigit(text[i + 1]) || text[i + 1] == '+') && (i == start || text[i - 1] is ' ' or '-' or '(' or '.' || char.IsAsciiDigit(text[i - 1]));
                if (!goes)
                {
                    break;
                }

                i++;
            }
            else if (c is ' ' or '-' or '.' or ')' or '/')
            {
                int next = i + 1;
                while (next < limit && next - i < 3 && text[next] is ' ' or '-' or '(')
                {
                    next++;
                }

                if (next >= limit || !char.IsAsciiDigit(text[next]))
                {
                    end = c == ')' && text.AsSpan(start, i - start).Contains('(') ? i + 1 : end;
                    break;
                }

                i = next;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static void Classify(string text, int start, int end, FindingSet found)
    {
        ReadOnlySpan<char> stretch = text.AsSpan(start, end - start);
        Span<char> digits = stackalloc char[LengthMax];
        int count = 0;
        int groups = 0;
        bool inGroup = false;
        foreach (char c in stretch)
        {
            bool digit = char.IsAsciiDigit(c);
            groups += digit && !inGroup ? 1 : 0;
            inGroup = digit;
            if (digit)
            {
                digits[count++] = c;
            }
        }

        if (count is >= 12 and <= 19 && stretch[0] != '+' && !stretch.ContainsAny("()/.") && Luhn(digits[..count]) && digits[..count].IndexOfAnyExcept(digits[0]) >= 0)
        {
            found.Add(PrivacyTypes.Card, start, end);
            return;
        }

        if (IsSsn(stretch))
        {
            string type = HasCue(text, start, OtherCues) ? PrivacyTypes.Other : PrivacyTypes.Ssn;
            found.Add(type, start, end);
            return;
        }

        int extension = ExtensionEnd(text, end);
        if (count is >= 7 and <= 15 && !IsDateOrDecimal(stretch) && IsPhone(text, start, end, stretch, groups, extension > end))
        {
            found.Add(PrivacyTypes.Phone, start, extension);
        }
    }

    private static bool IsPhone(string text, int start, int end, ReadOnlySpan<char> stretch, int groups, bool extended)
    {
        if (HasCue(text, start, OtherCues))
        {
            return false;
        }

        bool plus = stretch[0] == '+' || stretch.StartsWith("(+", StringComparison.Ordinal);
        if (plus || extended)
        {
            return true;
        }

        bool cue = HasCue(text, start, PhoneCues);
        if (cue)
        {
            return true;
        }

        // "4417 12 High Street" and lists of numbers in a sentence are not dialled.
        bool named = end + 1 < text.Length && text[end] == ' ' && char.IsLetter(text[end + 1]) && char.IsUpper(text[end + 1]);
        bool likeSsn = stretch.Length == 11 && stretch[3] == '-' && stretch[6] == '-';
        bool shaped = stretch.Contains('(') || (groups >= 3 && EvenGroups(stretch)) || stretch.StartsWith("00", StringComparison.Ordinal);
        return shaped && !likeSsn && !(named && groups < 3);
    }

    // Groups of two to four digits, as numbers are spoken; a list of years or prices has other shapes.
    private static bool EvenGroups(ReadOnlySpan<char> stretch)
    {
        int run = 0;
        int fours = 0;
        int spaces = 0;
        foreach (char c in stretch)
        {
            if (char.IsAsciiDigit(c))
            {
                run++;
                continue;
            }

            if (run is > 4 or 1)
            {
                return false;
            }

            fours += run == 4 ? 1 : 0;
            spaces += c == '/' ? 1 : 0;
            run = 0;
        }

        return run is >= 2 and <= 4 && fours < 3 && spaces == 0;
    }

    private static bool IsDateOrDecimal(ReadOnlySpan<char> s)
    {
        // 2024-05-17, 17.05.2024, 05/17/2024, with a clock time behind or without.
        if (s.Length >= 8)
        {
            bool iso = IsDigits(s, 0, 4) && s[4] is '-' or '/' or '.' && IsDigits(s, 5, 2) && s[7] == s[4];
            bool civil = s.Length >= 10 && IsDigits(s, 0, 2) && s[2] is '-' or '/' or '.' && IsDigits(s, 3, 2) && s[5] == s[2] && IsDigits(s, 6, 4)
                && (s.Length == 10 || s[10] == ' ');
            if (iso || civil)
            {
                return true;
            }
        }

        // Years: 1999-2004, 1999 2004.
        bool years = s.Length == 9 && IsYear(s[..4]) && !char.IsAsciiDigit(s[4]) && IsYear(s[5..]);
        int dots = s.Count('.');
        return years || (dots == 1 && s.IndexOfAnyExcept(Marks.Decimal) < 0) || s.Contains('/') && !s.Contains('(') && !s.Contains('+');
    }

    private static bool IsYear(ReadOnlySpan<char> s) => IsDigits(s, 0, 4) && s[0] is '1' or '2' && s[1] is '9' or '0' or '8' or '7' or '6';

    private static bool IsDigits(ReadOnlySpan<char> s, int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            if (i >= s.Length || !char.IsAsciiDigit(s[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSsn(ReadOnlySpan<char> s) =>
        s.Length == 11 && s[3] == '-' && s[6] == '-' && IsDigits(s, 0, 3) && IsDigits(s, 4, 2) && IsDigits(s, 7, 4)
        && !s.StartsWith("000", StringComparison.Ordinal) && !s.StartsWith("666", StringComparison.Ordinal)
        && s[4..6] is not "00" && s[7..] is not "0000";

    internal static bool Luhn(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int d = digits[digits.Length - 1 - i] - '0';
            d = i % 2 == 1 ? d * 2 : d;
            sum += d > 9 ? d - 9 : d;
        }

        return sum % 10 == 0;
    }

    private static bool IsExtension(string text, int end) => ExtensionEnd(text, end) > end;

    // "x123", " ext. 12"
    private static int ExtensionEnd(string text, int end)
    {
        int i = end;
        i += i < text.Length && text[i] == ' ' ? 1 : 0;
        if (i < text.Length && text[i] is 'x' or 'X')
        {
            i++;
        }
        else if (string.CompareOrdinal(text, i, "ext", 0, 3) == 0)
        {
            i += 3;
            i += i < text.Length && text[i] == '.' ? 1 : 0;
            i += i < text.Length && text[i] == ' ' ? 1 : 0;
        }
        else
        {
            return end;
        }

        int first = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]) && i - first < 6)
        {
            i++;
        }

        return i > first ? i : end;
    }

    private static bool HasCue(string text, int start, string[] cues)
    {
        int from = Math.Max(0, start - CueReach);
        ReadOnlySpan<char> before = text.AsSpan(from, start - from);
        // A cue in another paragraph is about something else.
        int paragraph = before.LastIndexOf("\n\n");
        before = paragraph >= 0 ? before[(paragraph + 2)..] : before;
        foreach (string cue in cues)
        {
            int at = before.LastIndexOf(cue, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (at == 0 || !char.IsLetter(before[at - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
