namespace Grainwatch.Signals.Quality.Text;

/// <summary>Cuts a text into lines and says what each is by its shape.</summary>
internal static class LineScanner
{
    public static TextLine[] Scan(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        TextLine[] lines = new TextLine[text.AsSpan().Count('\n') + 1];
        int count = 0;
        bool fenced = false;
        for (int start = 0; start <= text.Length && count < lines.Length;)
        {
            int stop = text.IndexOf('\n', start);
            int end = stop < 0 ? text.Length : stop;
            int trimmed = end > start && text[end - 1] == '\r' ? end - 1 : end;
            LineKind kind = KindOf(text.AsSpan(start, trimmed - start), fenced);
            fenced = kind == LineKind.Fence ? !fenced : fenced;
            lines[count++] = new TextLine(start, trimmed, kind);
            start = end + 1;
        }

        return lines;
    }

    private static LineKind KindOf(ReadOnlySpan<char> line, bool fenced)
    {
        ReadOnlySpan<char> body = line.Trim();
        if (body.StartsWith("```", StringComparison.Ordinal) || body.StartsWith("~~~", StringComparison.Ordinal))
        {
            // "```x```" opens and closes on one line.
            bool closes = body.Length > 6 && body[3..].Contains("```", StringComparison.Ordinal);
            return closes ? LineKind.Code : LineKind.Fence;
        }

        if (fenced)
        {
            return LineKind.Code;
        }

        if (body.IsEmpty)
        {
            return LineKind.Blank;
        }

        if (body.Length >= 3 && body.IndexOfAnyExcept(Marks.Ruler) < 0)
        {
            return LineKind.Ruler;
        }

        if (body.Count('|') >= 2 || body.Count('\t') >= 2)
        {
            return LineKind.TableRow;
        }

        if (body[0] == '#')
        {
            return LineKind.Heading;
        }

        if (body[^1] is '{' or '}' or ';' || (body.Length <= 3 && body.IndexOfAnyExcept(Marks.Brackets) < 0))
        {
            return LineKind.Code;
        }

        return IsListItem(body) ? LineKind.ListItem : IsJsonMember(body) ? LineKind.Code : LineKind.Prose;
    }

    private static bool IsListItem(ReadOnlySpan<char> body)
    {
        if (body.Length >= 2 && body[0] is '-' or '*' or '+' or '\u2022' or '\u25E6' && body[1] == ' ')
        {
            return true;
        }

        int digits = 0;
        while (digits < body.Length && digits < 4 && char.IsAsciiDigit(body[digits]))
        {
            digits++;
        }

        return digits > 0 && digits + 1 < body.Length && body[digits] is '.' or ')' && body[digits + 1] == ' ';
    }

    private static bool IsJsonMember(ReadOnlySpan<char> body) =>
        body[0] == '"' && body.Contains("\":", StringComparison.Ordinal);
}
