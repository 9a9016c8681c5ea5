using System.Globalization;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds characters that no writer puts there: broken encodings, control characters, symbols inside words.</summary>
/// <remarks>
/// Counts, outside code: U+FFFD, control, private-use and unassigned characters, lone surrogates and the pairs that
/// UTF-8 read as Latin-1 leaves ("Ã©"), each double; symbols between two letters, symbols on the wrong side of a word,
/// brackets without a partner, words of two scripts, each once. Scale: 1/(1 + 80 times their share); so one in eighty
/// fails. Text with LaTeX or mark-up is spared what is at home there.
/// Weakness: letters that were left out cannot be seen; code outside a fence counts in part. Cost: one pass.
/// </remarks>
public sealed class CharactersCheck : ICheck
{
    private const double Steepness = 80.0;
    private const int LengthFloor = 80;
    private const int AddressMax = 256;

    public string Dimension => QualityDimensions.Characters;

    public string Evaluator => "characters";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        int broken = 0;
        int odd = 0;
        bool markup = HasMarkup(answer.Text);
        foreach (TextLine line in answer.Lines)
        {
            broken += CountBroken(answer, line);
            if (!line.IsStructured)
            {
                odd += CountOdd(answer.Of(line), markup) + CountUnpaired(answer.Of(line), markup);
            }
        }

        foreach (Word word in answer.Words)
        {
            odd += word.Is(WordFlags.MixedScript) ? 1 : 0;
        }

        // In a very short answer one odd sign is no share to speak of.
        double share = ((2.0 * broken) + odd) / Math.Max(LengthFloor, answer.Text.Length);
        List<string> reasons = [];
        if (broken > 0)
        {
            reasons.Add($"{broken} broken characters");
        }

        if (odd > 0)
        {
            reasons.Add($"{odd} symbols in odd places");
        }

        return DimensionScore.Of(this, 1.0 / (1.0 + (Steepness * share)), reasons);
    }

    private static bool HasMarkup(string text) =>
        text.Contains("</", StringComparison.Ordinal) || text.Contains("\\frac", StringComparison.Ordinal)
        || text.Contains("\\(", StringComparison.Ordinal) || text.Contains("$$", StringComparison.Ordinal)
        || text.Contains("\\begin{", StringComparison.Ordinal);

    private static int CountBroken(AnalysedText answer, in TextLine line)
    {
        ReadOnlySpan<char> text = answer.Of(line);
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is >= ' ' and < '\u007F' or '\t')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                int point = char.ConvertToUtf32(c, text[i + 1]);
                count += CharUnicodeInfo.GetUnicodeCategory(point) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse ? 1 : 0;
                i++;
                continue;
            }

            count += IsBroken(c) || IsMojibake(text, i) ? 1 : 0;
        }

        return count;
    }

    private static bool IsBroken(char c) =>
        c == '\uFFFD' || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // A UTF-8 sequence read as Windows-1252: a lead byte's sign with a continuation byte's sign behind it.
    private static bool IsMojibake(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && ((text[i] is '\u00C3' or '\u00C2' && text[i + 1] is >= '\u0080' and <= '\u00BF' and not '\u00A0')
            || (text[i] == '\u00E2' && text[i + 1] is '\u20AC' or '\u0080'));

    private static int CountOdd(ReadOnlySpan<char> line, bool markup)
    {
        int count = 0;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or ',' or '\'')
            {
                continue;
            }

            if (c is ':' or '@' && SkipAddress(line, i) is > 0 and int skip)
            {
                i = skip - 1;
                continue;
            }

            if (c == '`' && line[(i + 1)..].IndexOf('`') is >= 0 and int inline)
            {
                i += inline + 1;
                continue;
            }

            char before = i > 0 ? line[i - 1] : ' ';
            char after = i + 1 < line.Length ? line[i + 1] : ' ';
            count += IsOdd(c, before, after, markup) ? 1 : 0;
        }

        return count;
    }

    // A URL or an address: nothing in it is odd. Returns the end of it, 0: none.
    private static int SkipAddress(ReadOnlySpan<char> line, int i)
    {
        bool url = line[i] == ':' && line[i..].StartsWith("://", StringComparison.Ordinal);
        int end = i + 1;
        int limit = Math.Min(line.Length, i + AddressMax);
        while (end < limit && line[end] is not (' ' or '<' or '>' or '"'))
        {
            end++;
        }

        bool mail = line[i] == '@' && line[i..end].Contains('.');
        return url || mail ? end : 0;
    }

    private static bool IsOdd(char c, char before, char after, bool markup)
    {
        bool left = char.IsLetter(before);
        bool right = char.IsLetter(after);
        bool inWord = left && right;
        bool ends = left && (after is ' ' or '.' or ',');
        bool starts = right && before == ' ';
        return c switch
        {
            '\u00A4' or '\u00B6' => left || right || before == ' ',
            '\u2020' or '\u2021' => inWord || starts,
            '\u00A7' => left || right,
            '#' => inWord || (ends && !char.IsUpper(before)),
            '$' => inWord || (ends && !char.IsUpper(before)),
            '%' => inWord || starts || ends,
            '&' => (inWord && !(char.IsUpper(before) && char.IsUpper(after))) || starts || ends,
            '@' => inWord || ends,
            '~' => inWord || ends,
            '*' => inWord,
            '^' or '\\' => !markup && (inWord || ends || (c == '^' && starts)),
            '{' or '}' or '[' or ']' or '<' or '>' => !markup && ((inWord && c is not '>') || (starts && c is '}' or ']' or '>') || (ends && c is '{' or '[' or '<')),
            '|' or '`' => inWord || starts || ends,
            '!' or ';' => inWord,
            _ => false,
        };
    }

    private static int CountUnpaired(ReadOnlySpan<char> line, bool markup)
    {
        if (markup)
        {
            return 0;
        }

        int square = line.Count('[') - line.Count(']');
        int curly = line.Count('{') - line.Count('}');
        return Math.Min(Math.Abs(square) + Math.Abs(curly), 2);
    }
}
