namespace Grainwatch.Signals.Rules.Files;

/// <summary>Finds a character of a scalar's value in the file, whatever the style of the scalar.</summary>
/// <remarks>
/// Folding, quoting and indentation only move white space, so the n-th visible character of the value is the n-th visible
/// character of the scalar's source (behind the quote or the header of a block). Escapes in double quotes may shift it.
/// </remarks>
internal static class ScalarPlace
{
    public static (int Line, int Column) Of(string source, YamlScalar scalar, int offset)
    {
        int visible = 0;
        for (int i = 0; i < Math.Min(offset, scalar.Value.Length); i++)
        {
            visible += char.IsWhiteSpace(scalar.Value[i]) ? 0 : 1;
        }

        int at = Math.Clamp(scalar.Index, 0, source.Length);
        int end = Math.Clamp(scalar.EndIndex, at, source.Length);
        if (scalar.IsQuoted)
        {
            at = Math.Min(at + 1, end);
        }
        else if (!scalar.IsPlain)
        {
            int header = source.IndexOf('\n', at);
            at = header < 0 ? at : header + 1;
        }

        while (at < end && (char.IsWhiteSpace(source[at]) || visible > 0))
        {
            visible -= char.IsWhiteSpace(source[at]) ? 0 : 1;
            at++;
        }

        if (offset >= scalar.Value.Length)
        {
            // An error at the end points behind the last visible character.
            while (at > 0 && at > scalar.Index && char.IsWhiteSpace(source[at - 1]))
            {
                at--;
            }
        }

        return Place(source, at, scalar);
    }

    private static (int Line, int Column) Place(string source, int at, YamlScalar scalar)
    {
        int line = scalar.Line, start = scalar.Index - (scalar.Column - 1);
        for (int i = scalar.Index; i < at; i++)
        {
            if (source[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        return (line, at - start + 1);
    }
}
