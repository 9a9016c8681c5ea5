using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds an answer that slips into another writing system.</summary>
/// <remarks>
/// The home script is the prompt's, or Latin where English function words are in the answer, or the commonest. Words of
/// other scripts count by the commonest foreign script, others at a third, words in brackets or quotes, or named and explained, at a third:
/// naming Москва once is no slip. Latin in text of another script never counts unless English is woven into it:
/// product names are Latin everywhere. Scripts that the prompt uses are expected. Scale: 1/(1 + 11 times the share).
/// Weakness: languages of one script are the business of the language check; vocabulary lists look like slips.
/// Cost: one pass over the words.
/// </remarks>
public sealed class ScriptCheck : ICheck
{
    private const double Steepness = 11.0;
    private const double MentionWeight = 0.3;
    private const double WovenStopWords = 1.5;
    private const int WordsFloor = 12;

    private static readonly WordSet Introduces = new("name named word words called term letter character characters reads says spelled written");

    private static readonly WordSet Explains = new("is means meaning stands");

    public string Dimension => QualityDimensions.Script;

    public string Evaluator => "script-switch";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        Span<double> counts = stackalloc double[Scripts.Count];
        Span<double> asked = stackalloc double[Scripts.Count];
        double stops = Count(answer, counts);
        Count(input.Prompt, asked);
        double words = 0.0;
        foreach (double count in counts)
        {
            words += count;
        }

        if (words == 0.0)
        {
            return DimensionScore.Of(this, 1.0);
        }

        Script home = Home(counts, stops);
        double most = 0.0;
        double sum = 0.0;
        Script foreign = Script.Common;
        for (int s = 1; s < Scripts.Count; s++)
        {
            bool expected = Scripts.Belong((Script)s, home) || s == (int)Script.Latin || asked[s] > 0.0;
            if (!expected && counts[s] > 0.0)
            {
                sum += counts[s];
                (most, foreign) = counts[s] > most ? (counts[s], (Script)s) : (most, foreign);
            }
        }

        double share = (most + (MentionWeight * (sum - most))) / Math.Max(WordsFloor, words);
        double score = 1.0 / (1.0 + (Steepness * share));
        return sum == 0.0
            ? DimensionScore.Of(this, 1.0)
            : DimensionScore.Of(this, score, $"{share:P0} of the words are {foreign}, the rest is {home}");
    }

    private static double Count(AnalysedText text, Span<double> counts)
    {
        double stops = 0.0;
        for (int i = 0; i < text.Words.Length; i++)
        {
            Word word = text.Words[i];
            if (word.Script is not Script.Common && !word.Is(WordFlags.Code))
            {
                counts[(int)word.Script] += word.Script != Script.Latin && IsMentioned(text, i) ? MentionWeight : 1.0;
                stops += word.Script != Script.Latin ? 0.0 : word.Is(WordFlags.Stop) ? 1.0 : IsPlainLatin(text, word) ? 0.5 : 0.0;
            }
        }

        return stops;
    }

    // Names of products are capitals or stand in paths; a small-letter word is woven in.
    private static bool IsPlainLatin(AnalysedText text, in Word word)
    {
        char before = word.Start > 0 ? text.Text[word.Start - 1] : ' ';
        char after = word.End < text.Text.Length ? text.Text[word.End] : ' ';
        return word.Length >= 3 && !word.Is(WordFlags.Capital) && before is ' ' && after is ' ' or ',' or '.';
    }

    // "Москва is Moscow", "the word 東京", in brackets, in quotes.
    private static bool IsMentioned(AnalysedText text, int index)
    {
        Word word = text.Words[index];
        if ((index > 0 && Introduces.Contains(text.Words[index - 1].Hash))
            || (index + 1 < text.Words.Length && Explains.Contains(text.Words[index + 1].Hash)))
        {
            return true;
        }

        char before = word.Start > 0 ? text.Text[word.Start - 1] : ' ';
        char after = word.End < text.Text.Length ? text.Text[word.End] : ' ';
        return before is '(' or '"' or '\'' or '\u201C' or '\u00AB' or '\u300C' || after is ')' or '"' or '\u201D' or '\u00BB' or '\u300D';
    }

    private static Script Home(ReadOnlySpan<double> counts, double stops)
    {
        if (stops >= WovenStopWords)
        {
            return Script.Latin;
        }

        int best = (int)Script.Latin;
        for (int s = 1; s < counts.Length; s++)
        {
            best = counts[s] > counts[best] ? s : best;
        }

        return (Script)best;
    }
}
