namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>International bank account numbers: two letters, two check digits, 11 to 30 more; mod 97 must be 1 (ISO 13616).</summary>
internal static class IbanScanner
{
    private const int LengthMin = 15;
    private const int LengthMax = 34;

    public static void Scan(string text, FindingSet found)
    {
        for (int i = 0; i + LengthMin <= text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i + 2]))
            {
                continue;
            }

            bool starts = char.IsAsciiLetter(text[i]) && char.IsAsciiLetter(text[i + 1]) && char.IsAsciiDigit(text[i + 3])
                && (i == 0 || !char.IsLetterOrDigit(text[i - 1]));
            int end = starts ? End(text, i) : 0;
            if (end > 0 && found.Add(PrivacyTypes.Iban, i, end))
            {
                i = end - 1;
            }
        }
    }

    // The longest stretch that checks. Groups may be parted by single spaces; a remainder per length makes it one pass.
    private static int End(string text, int start)
    {
        int best = 0;
        Span<char> digits = stackalloc char[LengthMax];
        int count = 0;
        for (int i = start; i < text.Length && count < LengthMax; i++)
        {
            char c = text[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                digits[count++] = char.ToUpperInvariant(c);
                bool ends = i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]);
                if (ends && count >= LengthMin && Checks(digits[..count]))
                {
                    best = i + 1;
                }
            }
            else if (c is not (' ' or '-') || count % 4 != 0)
            {
                break;
            }
        }

        return best;
    }

    internal static bool Checks(ReadOnlySpan<char> iban)
    {
        int remainder = 0;
        for (int i = 0; i < iban.Length; i++)
        {
            char c = iban[(i + 4) % iban.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }
}
