using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether what the answer cites is there and says something of the kind.</summary>
/// <remarks>
/// Reads marks like [3] and URLs. A URL must stand in the context or prompt. A mark must stand in the context (as "[3]", "3."
/// or "Document 3"), and the sentence that carries it must share words with the passage behind it. Scale: the share of
/// citations that hold; an unsupported but existing one counts half. Unknown without context, or without citations where
/// none were asked for; asked for and none given is 0. Weakness: support is by words. Cost: one pass, bounded citations.
/// </remarks>
public sealed class CitationCheck : ICheck
{
    /// <summary>More citations than these are not read.</summary>
    public const int CitationsMax = 64;

    private const int PassageLength = 1_500;
    private const double SupportMin = 0.3;

    public string Dimension => QualityDimensions.Citation;

    public string Evaluator => "citation-marks";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (input.Context is null)
        {
            return null;
        }

        double held = 0.0;
        int count = 0;
        List<string> reasons = [];
        foreach (Sentence sentence in input.Response.Sentences)
        {
            Read(input, sentence, ref held, ref count, reasons);
        }

        bool asked = input.Prompt.Text.Contains("cite", StringComparison.OrdinalIgnoreCase)
            || input.Prompt.Text.Contains("citation", StringComparison.OrdinalIgnoreCase);
        if (count == 0)
        {
            return asked ? DimensionScore.Of(this, 0.0, "citations were asked for, and there are none") : null;
        }

        return DimensionScore.Of(this, held / count, reasons);
    }

    private static void Read(in CheckInput input, in Sentence sentence, ref double held, ref int count, List<string> reasons)
    {
        AnalysedText answer = input.Response;
        ReadOnlySpan<Word> words = answer.Of(sentence);
        for (int i = 0; i < words.Length && count < CitationsMax; i++)
        {
            Word word = words[i];
            bool mark = word.Is(WordFlags.Number) && word.Length <= 3 && word.Start > 0 && answer.Text[word.Start - 1] == '['
                && word.End < answer.Text.Length && answer.Text[word.End] == ']';
            bool url = word.Length is 4 or 5 && answer.Text.AsSpan(word.End).StartsWith("://", StringComparison.Ordinal);
            if (!mark && !url)
            {
                continue;
            }

            count++;
            ReadOnlySpan<char> cited = mark ? answer.Of(word) : Url(answer.Text, word.Start);
            double holds = mark ? Supports(input, cited, words) : Exists(input, cited) ? 1.0 : 0.0;
            held += holds;
            if (holds < 1.0 && reasons.Count < DimensionScore.ReasonsMax)
            {
                reasons.Add(holds == 0.0 ? $"source {cited} is not in the context" : $"source {cited} has few words of the sentence");
            }
        }
    }

    private static ReadOnlySpan<char> Url(string text, int start)
    {
        int length = text.AsSpan(start).IndexOfAny(Marks.UrlEnd);
        ReadOnlySpan<char> url = length < 0 ? text.AsSpan(start) : text.AsSpan(start, length);
        return url[..Math.Min(url.Length, 2_048)].TrimEnd(".,;:");
    }

    private static bool Exists(in CheckInput input, ReadOnlySpan<char> url) =>
        input.Context!.Text.AsSpan().Contains(url, StringComparison.OrdinalIgnoreCase)
        || input.Prompt.Text.AsSpan().Contains(url, StringComparison.OrdinalIgnoreCase);

    private static double Supports(in CheckInput input, ReadOnlySpan<char> number, ReadOnlySpan<Word> words)
    {
        string context = input.Context!.Text;
        int at = context.IndexOf($"[{number}]", StringComparison.Ordinal);
        at = at >= 0 ? at : context.IndexOf($"\n{number}.", StringComparison.Ordinal);
        at = at >= 0 ? at : context.IndexOf($"Document {number}", StringComparison.OrdinalIgnoreCase);
        at = at < 0 && context.StartsWith($"{number}.", StringComparison.Ordinal) ? 0 : at;
        if (at < 0)
        {
            return 0.0;
        }

        HashSet<ulong> held = [];
        foreach (Word word in input.Context.Words)
        {
            if (word.Start >= at && word.Start < at + PassageLength)
            {
                held.Add(word.Stem);
            }
        }

        return Overlap.Share(words, held) is { } share && share < SupportMin ? 0.5 : 1.0;
    }
}
