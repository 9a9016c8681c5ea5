using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether the answer speaks of what was asked, by weighted words.</summary>
/// <remarks>
/// The share of the prompt's content words that the answer takes up, each weighted by how rare it is: function words 0,
/// common ones .35, a word that the prompt itself repeats over its sentences less (inverse sentence frequency). Half of the
/// words taken up is full marks: answers paraphrase. An answer that only copies the prompt is capped.
/// Scale: .3 = no word in common, 1 = half or more. It fails below .5 only when nearly nothing is shared, and is unknown
/// for prompts without content words or for answers of fewer than four words ("Paris." is relevant).
/// Weakness: sees words, not meaning; "what is 2 + 2" cannot be judged. Cost: two passes and a set.
/// Source: tf-idf matching, Spärck Jones, J. Documentation 1972.
/// </remarks>
public sealed class RelevanceCheck : ICheck
{
    private const int PromptWordsMin = 3;
    private const int AnswerWordsMin = 4;
    private const double FullShare = 0.5;
    private const double Base = 0.3;
    private const double CopyMax = 0.6;
    private const int TailWords = 400;

    public string Dimension => QualityDimensions.Relevance;

    public string Evaluator => "relevance-lexical";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (input.Response.Words.Length < AnswerWordsMin)
        {
            return DimensionScore.Unknown(this, "too short to judge by words");
        }

        IReadOnlySet<ulong> held = input.Response.Stems;
        if (LanguageDiffers(input) || Share(input.Prompt, held) is not { } share)
        {
            return DimensionScore.Unknown(this, "the prompt has no words to look for");
        }

        double score = Base + ((1.0 - Base) * Math.Min(1.0, share / FullShare));
        if (Copies(input) is { } copied && copied > CopyMax)
        {
            return DimensionScore.Of(this, Math.Min(score, 1.0 - copied), "the answer repeats the prompt");
        }

        return share > 0.0
            ? DimensionScore.Of(this, score)
            : DimensionScore.Of(this, score, "no content word of the prompt is taken up");
    }

    // Words of different languages never meet; that is the language check's business.
    private static bool LanguageDiffers(in CheckInput input)
    {
        string? asked = input.Prompt.Language;
        string? answered = input.Response.Language;
        return asked is not null && answered is not null && asked != answered;
    }

    private static double? Share(AnalysedText prompt, IReadOnlySet<ulong> held)
    {
        // The last words are the question; what stands before them may be a long document.
        int from = Math.Max(0, prompt.Words.Length - TailWords);
        ReadOnlySpan<Word> words = prompt.Words[from..];
        Dictionary<ulong, int> counts = new(words.Length);
        foreach (Word word in words)
        {
            counts[word.Stem] = counts.GetValueOrDefault(word.Stem) + 1;
        }

        double weight = 0.0;
        double shared = 0.0;
        int content = 0;
        HashSet<ulong> seen = new(words.Length);
        foreach (Word word in words)
        {
            double w = StopWords.Weight(word);
            if (w > 0.0 && seen.Add(word.Stem))
            {
                content++;
                // What the prompt comes back to is its subject.
                w *= 1.0 + Math.Log(counts[word.Stem]);
                weight += w;
                shared += held.Contains(word.Stem) ? w : 0.0;
            }
        }

        return content < PromptWordsMin || weight == 0.0 ? null : shared / weight;
    }

    // Share of the answer's six-word sequences that stand in the prompt, for answers nearly as long as the prompt.
    private static double? Copies(in CheckInput input)
    {
        const int Gram = 6;
        ReadOnlySpan<Word> answer = input.Response.Words;
        ReadOnlySpan<Word> prompt = input.Prompt.Words;
        if (prompt.Length < 2 * Gram || answer.Length < Gram || answer.Length * 2 < prompt.Length)
        {
            return null;
        }

        HashSet<ulong> grams = new(prompt.Length);
        for (int i = 0; i + Gram <= prompt.Length; i++)
        {
            grams.Add(Hash(prompt.Slice(i, Gram)));
        }

        int copied = 0;
        for (int i = 0; i + Gram <= answer.Length; i++)
        {
            copied += grams.Contains(Hash(answer.Slice(i, Gram))) ? 1 : 0;
        }

        return (double)copied / (answer.Length - Gram + 1);
    }

    private static ulong Hash(ReadOnlySpan<Word> words)
    {
        ulong hash = 0;
        foreach (Word word in words)
        {
            hash = (System.Numerics.BitOperations.RotateLeft(hash, 13) ^ word.Hash) * 0x9E3779B97F4A7C15;
        }

        return hash;
    }
}
