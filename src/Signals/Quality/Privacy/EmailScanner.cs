namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>Addresses of the shape local@host.domain, as people write them; quoted local parts of RFC 5322 are not looked for.</summary>
internal static class EmailScanner
{
    private const int LocalMax = 64;
    private const int HostMax = 253;

    public static void Scan(string text, FindingSet found)
    {
        for (int at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            int start = at;
            while (start > 0 && at - start < LocalMax && IsLocal(text[start - 1]))
            {
                start--;
            }

            while (start < at && text[start] is '.' or '-' or '\'')
            {
                start++;
            }

            int end = at + 1;
            while (end < text.Length && end - at <= HostMax && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '.'))
            {
                end++;
            }

            while (end > at + 1 && text[end - 1] is '.' or '-')
            {
                end--;
            }

            if (start < at && HasDomain(text.AsSpan(at + 1, end - at - 1)))
            {
                found.Add(PrivacyTypes.Email, start, end);
            }
        }
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '\'';

    private static bool HasDomain(ReadOnlySpan<char> host)
    {
        int dot = host.LastIndexOf('.');
        if (dot <= 0 || host.Length - dot - 1 < 2 || host.IndexOf("..", StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        foreach (char c in host[(dot + 1)..])
        {
            if (!char.IsLetter(c))
            {
                return false;
            }
        }

        return true;
    }
}
