namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>Keys and tokens by their published prefixes, private-key blocks, and values that are called a password.</summary>
/// <remarks>The prefixes are those that their issuers document so that scanners can find them.</remarks>
internal static class SecretScanner
{
    public const int LengthMin = 12;

    private const int TokenMax = 512;
    private const int PasswordMin = 6;

    // Prefix and the least number of token characters behind it.
    private static readonly (string Prefix, int Least)[] Prefixes =
    [
        ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghs_", 30), ("github_pat_", 30), ("glpat-", 16),
        ("sk-", 20), ("sk_live_", 16), ("rk_live_", 16), ("xoxb-", 16), ("xoxp-", 16), ("AIza", 30), ("hf_", 24),
        ("npm_", 30), ("SG.", 30), ("eyJ", 40),
    ];

    private static readonly string[] Names = ["password", "passwd", "api_key", "apikey", "api key", "secret_key", "access_token", "secret key"];

    private static readonly System.Buffers.SearchValues<string> Starts = System.Buffers.SearchValues.Create(
        [.. Prefixes.Select(p => p.Prefix), "-----BEGIN"], StringComparison.Ordinal);

    private static readonly System.Buffers.SearchValues<string> NameStarts =
        System.Buffers.SearchValues.Create(Names, StringComparison.OrdinalIgnoreCase);

    public static void Scan(string text, FindingSet found)
    {
        for (int i = 0; i < text.Length;)
        {
            int next = text.AsSpan(i).IndexOfAny(Starts);
            if (next < 0)
            {
                break;
            }

            i += next;
            int end = text[i] == '-' ? BlockEnd(text, i) : TokenEnd(text, i);
            if (end > i)
            {
                found.Add(PrivacyTypes.Secret, i, end);
            }

            i = Math.Max(end, i + 1);
        }

        for (int i = 0; i < text.Length;)
        {
            int next = text.AsSpan(i).IndexOfAny(NameStarts);
            if (next < 0)
            {
                break;
            }

            i += next;
            AddNamed(text, i, found);
            i += PasswordMin;
        }
    }

    private static int TokenEnd(string text, int start)
    {
        if (start > 0 && char.IsLetterOrDigit(text[start - 1]))
        {
            return start;
        }

        foreach ((string prefix, int least) in Prefixes)
        {
            if (string.CompareOrdinal(text, start, prefix, 0, prefix.Length) != 0)
            {
                continue;
            }

            int end = start + prefix.Length;
            while (end < text.Length && end - start < TokenMax && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.'))
            {
                end++;
            }

            bool mixed = text.AsSpan(start + prefix.Length, end - start - prefix.Length).IndexOfAnyInRange('0', '9') >= 0;
            if (mixed && end - start - prefix.Length >= least)
            {
                return end;
            }
        }

        return start;
    }

    private static int BlockEnd(string text, int start)
    {
        int line = text.IndexOf('\n', start);
        ReadOnlySpan<char> head = text.AsSpan(start, (line < 0 ? text.Length : line) - start);
        if (!head.Contains("PRIVATE KEY", StringComparison.Ordinal) || head.Length > 80)
        {
            return start;
        }

        int close = text.IndexOf("-----END", start, StringComparison.Ordinal);
        int end = close < 0 ? -1 : text.IndexOf('\n', close);
        return end < 0 ? text.Length : end;
    }

    // password: hunter2!x   api_key = "…"
    private static void AddNamed(string text, int start, FindingSet found)
    {
        int i = start;
        while (i < text.Length && (char.IsAsciiLetter(text[i]) || text[i] is '_' or ' ' or '"') && i - start < 24)
        {
            if (text[i] == ' ' && i + 3 < text.Length && text.AsSpan(i).StartsWith(" is ", StringComparison.Ordinal))
            {
                i += 3;
                break;
            }

            i++;
        }

        if (i >= text.Length || text[i] is not (':' or '=' or ' '))
        {
            return;
        }

        i++;
        while (i < text.Length && text[i] is ' ' or '"' or '\'' or '`' or '*')
        {
            i++;
        }

        int end = i;
        bool digit = false;
        bool letter = false;
        while (end < text.Length && end - i < TokenMax && text[end] is not (' ' or '"' or '\'' or '`' or '\n' or ',' or '<' or '>' or ';'))
        {
            digit |= char.IsAsciiDigit(text[end]);
            letter |= char.IsAsciiLetter(text[end]);
            end++;
        }

        while (end > i && text[end - 1] is '.' or ')')
        {
            end--;
        }

        if (digit && letter && end - i >= PasswordMin)
        {
            found.Add(PrivacyTypes.Secret, i, end);
        }
    }
}
