using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Compares the answer with a known right one, where the sample has one.</summary>
/// <remarks>
/// A reference of up to eight words that stands in the answer scores 1; else F1 over words, as SQuAD counts (Rajpurkar et
/// al., EMNLP 2016), stop words left out. Weakness: right in other words is wrong here. Cost: two passes.
/// </remarks>
public sealed class AccuracyCheck : ICheck
{
    private const int ShortMax = 8;

    public string Dimension => QualityDimensions.Accuracy;

    public string Evaluator => "accuracy-reference";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Sample.Reference))
        {
            return null;
        }

        AnalysedText reference = new(input.Sample.Reference);
        ReadOnlySpan<Word> wanted = reference.Words;
        if (wanted.IsEmpty)
        {
            return DimensionScore.Unknown(this, "the reference has no words");
        }

        return wanted.Length <= ShortMax && Contains(input.Response.Words, wanted)
            ? DimensionScore.Of(this, 1.0)
            : DimensionScore.Of(this, F1(input.Response.Words, wanted), "compared by words with the reference");
    }

    private static bool Contains(ReadOnlySpan<Word> words, ReadOnlySpan<Word> wanted)
    {
        for (int i = 0; i + wanted.Length <= words.Length; i++)
        {
            int k = 0;
            while (k < wanted.Length && words[i + k].Hash == wanted[k].Hash)
            {
                k++;
            }

            if (k == wanted.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static double F1(ReadOnlySpan<Word> words, ReadOnlySpan<Word> wanted)
    {
        Dictionary<ulong, int> left = [];
        int total = 0;
        foreach (Word word in wanted)
        {
            if (word.IsContent)
            {
                left[word.Stem] = left.GetValueOrDefault(word.Stem) + 1;
                total++;
            }
        }

        int given = 0;
        int same = 0;
        foreach (Word word in words)
        {
            if (!word.IsContent)
            {
                continue;
            }

            given++;
            if (left.TryGetValue(word.Stem, out int n) && n > 0)
            {
                left[word.Stem] = n - 1;
                same++;
            }
        }

        return total + given == 0 ? 0.0 : 2.0 * same / (total + given);
    }
}
