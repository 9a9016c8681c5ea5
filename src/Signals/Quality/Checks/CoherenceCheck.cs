using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether the answer hangs together, as far as words can tell.</summary>
/// <remarks>
/// Two thirds: no seams (<see cref="Seams"/>). One third: lexical cohesion, the share of sentences that take up a content
/// word of one of the two sentences before, of the prompt or of the context. Scale: 1 = no seam, every sentence linked.
/// Unknown below five words. Weakness: this is grammar and subject, not sense; people's judgement of coherence follows it
/// weakly. Cost: two passes. Source: lexical cohesion, Halliday and Hasan 1976; Foltz et al., Discourse Processes 1998.
/// </remarks>
public sealed class CoherenceCheck : ICheck
{
    private const int WordsMin = 5;
    private const double SeamWeight = 0.67;
    private const int Reach = 2;

    public string Dimension => QualityDimensions.Coherence;

    public string Evaluator => "coherence-lexical";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (input.Response.Words.Length < WordsMin)
        {
            return DimensionScore.Unknown(this, "too short");
        }

        double doubt = Seams.Doubt(input.Response);
        double score = (SeamWeight * (1.0 - doubt)) + ((1.0 - SeamWeight) * Cohesion(input));
        return doubt > 0.25 ? DimensionScore.Of(this, score, "two texts seem to be joined") : DimensionScore.Of(this, score);
    }

    private static double Cohesion(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        IReadOnlySet<ulong> prompt = input.Prompt.Stems;
        IReadOnlySet<ulong>? context = input.Context?.Stems;
        bool given = prompt.Count > 0 || context is { Count: > 0 };
        Dictionary<ulong, int> last = [];
        int linked = 0;
        int counted = 0;
        for (int s = 0; s < answer.Sentences.Length; s++)
        {
            bool link = false;
            int content = 0;
            foreach (Word word in answer.Of(answer.Sentences[s]))
            {
                if (word.Is(WordFlags.Stop))
                {
                    continue;
                }

                content++;
                link |= prompt.Contains(word.Stem) || context?.Contains(word.Stem) == true || (last.TryGetValue(word.Stem, out int at) && at < s && s - at <= Reach);
                last[word.Stem] = s;
            }

            // With neither prompt nor context the first sentence has nothing to link to.
            if (content > 0 && (s > 0 || given))
            {
                counted++;
                linked += link ? 1 : 0;
            }
        }

        return counted == 0 ? 1.0 : (double)linked / counted;
    }
}
