using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells how much of the answer the given context carries: its words, numbers and names.</summary>
/// <remarks>
/// Per sentence with a claim: the weighted share of content words whose stem the context has, and the share that the best
/// passage of the context has together (words from anywhere prove little). Numbers and names weigh double. The score is
/// .6 of the first and .4 of the second, averaged by weight; words that only the prompt has count half. A number
/// that neither holds lowers it once more and is named as the reason. A claim is a sentence with at least one word of
/// weight that is no question; an answer without claims ("I agree!") is unknown, not grounded. Unknown without context.
/// Scale: share of the answer that is carried; below .5 fails. Weakness: a changed verb, a swapped subject or a
/// negation uses the right words and passes; true knowledge from elsewhere counts as not grounded. Cost: one pass over each
/// text and a look-up a word. Source: lexical precision as in knowledge-F1, Shuster et al., Findings of EMNLP 2021.
/// </remarks>
public sealed class GroundednessCheck : ICheck
{
    private const double AnywhereWeight = 0.6;
    private const double HeavyWeight = 2.0;
    private const double PromptCredit = 0.5;
    private const double UnheldNumber = 0.85;
    private const double WeightMin = 1.0;

    public string Dimension => QualityDimensions.Groundedness;

    public string Evaluator => "groundedness-lexical";

    public string Version => "2";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (input.Context is null)
        {
            return null;
        }

        Passages context = new(input.Context);
        IReadOnlySet<ulong> prompt = input.Prompt.Stems;
        double weight = 0.0;
        double carried = 0.0;
        List<string> reasons = [];
        int numbers = 0;
        foreach (Sentence sentence in input.Response.Sentences)
        {
            ReadOnlySpan<Word> words = input.Response.Of(sentence);
            if (sentence.IsQuestion || WeightOf(words, static w => StopWords.Weight(w)) < WeightMin)
            {
                continue;
            }

            weight += WeightOf(words, WordWeight);
            double anywhere = Anywhere(input, words, context, prompt, reasons, ref numbers);
            carried += (AnywhereWeight * anywhere) + ((1.0 - AnywhereWeight) * context.Best(words, WordWeight));
        }

        if (weight == 0.0)
        {
            return DimensionScore.Unknown(this, "the answer claims nothing");
        }

        double score = carried / weight * Math.Pow(UnheldNumber, Math.Min(numbers, 4));
        return DimensionScore.Of(this, score, reasons);
    }

    // Common words tell no claim from none, but beside one they are what no context carries: "I think I love it".
    private static double WordWeight(Word word)
    {
        double w = word.Is(WordFlags.Stop) ? 0.0 : 1.0;
        bool heavy = word.Is(WordFlags.Number) || (word.Is(WordFlags.Capital) && !word.Is(WordFlags.First));
        return heavy && w > 0.0 ? HeavyWeight : w;
    }

    private static double WeightOf(ReadOnlySpan<Word> words, Func<Word, double> weigh)
    {
        double sum = 0.0;
        foreach (Word word in words)
        {
            sum += weigh(word);
        }

        return sum;
    }

    private static double Anywhere(
        in CheckInput input, ReadOnlySpan<Word> words, Passages context, IReadOnlySet<ulong> prompt, List<string> reasons, ref int numbers)
    {
        double sum = 0.0;
        foreach (Word word in words)
        {
            double w = WordWeight(word);
            if (w == 0.0 || context.Holds(word.Stem))
            {
                sum += w;
                continue;
            }

            bool asked = prompt.Contains(word.Stem);
            sum += asked ? w * PromptCredit : 0.0;
            if (asked || w < HeavyWeight)
            {
                continue;
            }

            bool number = word.Is(WordFlags.Number);
            numbers += number ? 1 : 0;
            if (reasons.Count < DimensionScore.ReasonsMax)
            {
                reasons.Add($"{(number ? "number" : "name")} {input.Response.Of(word)} is not in the context");
            }
        }

        return sum;
    }
}
