using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds an answer that stops before it is finished.</summary>
/// <remarks>
/// Signals: finish reason length; a code fence left open; a last word that nothing can end on ("the", "of", a comma, an
/// open bracket); prose without a mark at its end. Scale: 1 = ended, .55 or .4 = no mark at the end of prose, .3 = cut by the
/// limit, .2 = cut and visibly unfinished. Items of lists, headings, rows of tables, code, JSON, runs of numbers or names, and answers of
/// up to four words need no mark. Weakness: a cut behind a full stop cannot be told from an end; a slogan, or a chat reply that
/// leaves out its full stop, reads as cut. Cost: the last line and the count of fences.
/// </remarks>
public sealed class TruncationCheck : ICheck
{
    private const int ShortWordsMax = 4;
    private const int DoubtfulWordsMax = 6;
    private const int StopWordsMin = 2;
    private const int SoleItemWords = 10;

    private static readonly WordSet Unfinished = new(
        """
        the a an of to and or but with for from by at in on as is are was were be been that which who whose your our their its my
        his because if when while although than then into about between including such would could should will can may might must
        has have had not i'm we're you're they're
        """);

    public string Dimension => QualityDimensions.Truncation;

    public string Evaluator => "truncation";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        bool byLimit = string.Equals(input.Sample.FinishReason, "length", StringComparison.OrdinalIgnoreCase)
            || string.Equals(input.Sample.FinishReason, "max_tokens", StringComparison.OrdinalIgnoreCase);
        (double score, string? reason) = answer.IsBlank ? (1.0, null) : End(answer);
        if (!byLimit)
        {
            return reason is null ? DimensionScore.Of(this, score) : DimensionScore.Of(this, score, reason);
        }

        const string Limit = "stopped by the limit of length";
        return reason is null ? DimensionScore.Of(this, 0.3, Limit) : DimensionScore.Of(this, 0.2, Limit, reason);
    }

    private static (double Score, string? Reason) End(AnalysedText answer)
    {
        if (!answer.Clipped && FenceIsOpen(answer))
        {
            return (0.3, "a code fence is left open");
        }

        TextLine last = LastLine(answer);
        ReadOnlySpan<char> line = answer.Of(last).TrimEnd();
        char end = line[^1];
        if (end is '(' or '[' or '{' or '\u201C' && !last.IsStructured)
        {
            return (0.2, "ends on an open bracket");
        }

        if (last.IsStructured || last.Kind == LineKind.Heading || answer.Words.IsEmpty)
        {
            return (1.0, null);
        }

        if (end is ',' or '-' or '\u2013' or '\u2014' or '\u3001')
        {
            return (0.25, "ends on a comma or dash");
        }

        if (!char.IsLetterOrDigit(end) && !char.IsSurrogate(end))
        {
            return (1.0, null);
        }

        Word word = answer.Words[^1];
        if (answer.Words.Length > 1 && Unfinished.Contains(word.Hash) && !word.Is(WordFlags.Capital))
        {
            return (0.25, "ends on a word that asks for another");
        }

        if (!NeedsMark(answer, last, word))
        {
            return (1.0, null);
        }

        const string NoMark = "no mark at the end of the last sentence";
        return answer.Words.Length <= DoubtfulWordsMax ? (0.55, NoMark) : (0.4, NoMark);
    }

    private static bool NeedsMark(AnalysedText answer, in TextLine last, in Word word)
    {
        if (word.Script is not (Script.Latin or Script.Cyrillic or Script.Greek or Script.Common) || answer.Words.Length <= ShortWordsMax || !IsProse(answer))
        {
            return false;
        }

        if (last.Kind != LineKind.ListItem)
        {
            bool signed = CountWords(answer, last) <= 2 && !EndsBefore(answer, last);
            return !IsLabelled(answer.Of(last)) && !signed;
        }

        // A list may go without marks; if its other items have them, the last one was cut.
        int marked = 0;
        int items = 0;
        foreach (TextLine line in answer.Lines)
        {
            if (line.Kind == LineKind.ListItem && line.Start != last.Start)
            {
                items++;
                marked += answer.Of(line).TrimEnd() is [.., '.' or '!' or '?' or ';'] ? 1 : 0;
            }
        }

        return items > 0 ? marked * 2 > items : CountWords(answer, last) >= SoleItemWords && EndsBefore(answer, last);
    }

    // Lists of numbers or names have no function words, and need no mark.
    private static bool IsProse(AnalysedText answer)
    {
        if (answer.Words[^1].Script is not Script.Latin)
        {
            return answer.Words[^1].Script is not Script.Common;
        }

        int stops = 0;
        for (int i = 0; i < answer.Words.Length && stops < StopWordsMin; i++)
        {
            stops += answer.Words[i].Is(WordFlags.Stop) ? 1 : 0;
        }

        return stops >= StopWordsMin;
    }

    // The text before the last line ends a sentence: what follows is one, and no signature.
    private static bool EndsBefore(AnalysedText answer, in TextLine last) =>
        answer.Text.AsSpan(0, last.Start).TrimEnd() is [.., '.' or '!' or '?' or ':'];

    // "Answer: Paris", "By: A. Author", a URL.
    private static bool IsLabelled(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(": ");
        return colon is > 0 and < 30 && line.Length < 80 || line.Contains("://", StringComparison.Ordinal);
    }

    private static int CountWords(AnalysedText answer, in TextLine line)
    {
        int count = 0;
        for (int i = answer.Words.Length - 1; i >= 0 && answer.Words[i].Start >= line.Start; i--)
        {
            count++;
        }

        return count;
    }

    private static bool FenceIsOpen(AnalysedText answer)
    {
        int fences = 0;
        foreach (TextLine line in answer.Lines)
        {
            fences += line.Kind == LineKind.Fence ? 1 : 0;
        }

        return fences % 2 == 1;
    }

    private static TextLine LastLine(AnalysedText answer)
    {
        for (int i = answer.Lines.Length - 1; i >= 0; i--)
        {
            if (!answer.Of(answer.Lines[i]).IsWhiteSpace())
            {
                return answer.Lines[i];
            }
        }

        return default;
    }
}
