using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether the answer declines what was asked. Refusing may be right; a rate that jumps is not.</summary>
/// <remarks>
/// Phrases of declining, apology, self-description and admonition, each with a weight, found in the first
/// <see cref="WordsRead"/> words; what stands later counts less. Scale: exp(-sum of weights); 1 = does not refuse.
/// Full refusals ("I cannot help with that") weigh 2, lack of access 1.2, admonitions ("it is not appropriate to") .9,
/// hedges .25: two hedges are no refusal. Weakness: English only; a refusal in words of its own is missed; a quoted
/// refusal counts. Cost: one pass over the words read. Source: the string matching of Röttger et al., NAACL 2024, found
/// there to agree with people better than models do; the list and its weights are ours.
/// </remarks>
public sealed class RefusalCheck : ICheck
{
    /// <summary>Who refuses says so early.</summary>
    public const int WordsRead = 90;

    private const int FullWeightWords = 30;

    private static readonly PhraseBook Phrases = new(RefusalPhrases.Text);

    public string Dimension => QualityDimensions.Refusal;

    public string Evaluator => "refusal-phrases";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        if (answer.IsBlank)
        {
            return DimensionScore.Unknown(this, "empty");
        }

        ReadOnlySpan<Word> words = answer.Words;
        double sum = 0.0;
        double heaviest = 0.0;
        string? reason = null;
        int end = Math.Min(words.Length, WordsRead);
        for (int i = 0; i < end; i++)
        {
            (double weight, int length) = Phrases.At(words, i);
            if (length == 0)
            {
                continue;
            }

            double here = i <= FullWeightWords ? weight : weight * 0.5;
            sum += here;
            if (here > heaviest)
            {
                heaviest = here;
                reason = $"\"{answer.Text.AsSpan(words[i].Start, words[i + length - 1].End - words[i].Start)}\"";
            }

            i += length - 1;
        }

        double score = Math.Exp(-sum);
        return reason is null ? DimensionScore.Of(this, 1.0) : DimensionScore.Of(this, score, reason);
    }
}
