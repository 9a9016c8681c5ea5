using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether the answer hangs together, as far as words can tell.</summary>
/// <remarks>
/// Half: no seams (<see cref="Seams"/>). Half: in a conversation, how much of the words of the last two turns the answer
/// takes up; else lexical cohesion, the share of sentences that take up a content word of one of the two sentences
/// before, of the prompt or of the context. Scale: 1 = no seam, every sentence linked.
/// Unknown below five words. Weakness: this is grammar and subject, not sense; people's judgement of coherence follows it
/// weakly. Cost: two passes. Source: lexical cohesion, Halliday and Hasan 1976; Foltz et al., Discourse Processes 1998.
/// </remarks>
public sealed class CoherenceCheck : ICheck
{
    private const int WordsMin = 5;
    private const double SeamWeight = 0.5;
    private const double NothingTakenUp = 0.4;
    private const double EnoughTakenUp = 0.5;
    private const int LinesRead = 2;
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
        double cohesion = TakenUp(input) ?? Cohesion(input);
        double score = (SeamWeight * (1.0 - doubt)) + ((1.0 - SeamWeight) * cohesion);
        return doubt > 0.25 ? DimensionScore.Of(this, score, "two texts seem to be joined") : DimensionScore.Of(this, score);
    }

    // What the last two turns of a conversation said, and how much of it the answer takes up.
    private static double? TakenUp(in CheckInput input)
    {
        ReadOnlySpan<TextLine> lines = input.Prompt.Lines;
        int from = lines.Length;
        for (int taken = 0; from > 0 && taken < LinesRead;)
        {
            from--;
            taken += lines[from].Kind == LineKind.Blank ? 0 : 1;
        }

        if (from <= 0)
        {
            // One question, no conversation: relevance judges that.
            return null;
        }

        ReadOnlySpan<Word> words = input.Prompt.Words;
        int first = words.Length;
        while (first > 0 && words[first - 1].Start >= lines[from].Start)
        {
            first--;
        }

        return Overlap.Share(words[first..], input.Response.Stems) is { } share
            ? NothingTakenUp + ((1.0 - NothingTakenUp) * Math.Min(1.0, share / EnoughTakenUp))
            : null;
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
