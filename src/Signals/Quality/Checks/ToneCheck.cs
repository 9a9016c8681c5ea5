using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether the answer sounds like work: no shouting, no insults, sentences that can be read.</summary>
/// <remarks>
/// Starts at 1 and loses .5 for insults or profanity, up to .3 for shouting in capitals, up to .2 for runs of exclamation
/// marks, up to .2 for sentences of more than 40 words on average, .1 for slang of chats. Scale: 1 = nothing to object to.
/// Unknown for an empty answer. Weakness: sarcasm and coldness are not seen; poetry and quoted speech look
/// unprofessional. Cost: one pass. Source of the length limit: Gunning, The Technique of Clear Writing, 1952.
/// </remarks>
public sealed class ToneCheck : ICheck
{
    private const int CapitalsMin = 4;
    private const double LongSentence = 40.0;

    private static readonly WordSet Slang = new("lol lmao lmfao rofl omg wtf bruh dude gonna wanna gotta ya yall y'all u ur plz thx haha hahaha nah yo ain't sup ikr tbh smh");

    public string Dimension => QualityDimensions.Tone;

    public string Evaluator => "tone-marks";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        if (answer.Words.IsEmpty)
        {
            return DimensionScore.Unknown(this, "no words");
        }

        double score = 1.0;
        List<string> reasons = [];
        double rude = ToxicLexicon.Severity(answer, out _);
        Lose(ref score, reasons, Math.Min(0.5, rude * 0.4), "rude words");
        Lose(ref score, reasons, Shouting(answer), "words in capitals");
        Lose(ref score, reasons, Math.Min(0.2, 0.05 * Exclamations(answer)), "exclamation marks");
        double length = (double)answer.Words.Length / Math.Max(1, answer.Sentences.Length);
        Lose(ref score, reasons, Math.Clamp((length - LongSentence) / 200.0, 0.0, 0.2), "very long sentences");
        Lose(ref score, reasons, HasSlang(answer) ? 0.1 : 0.0, "slang");
        return DimensionScore.Of(this, score, reasons);
    }

    private static void Lose(ref double score, List<string> reasons, double loss, string reason)
    {
        if (loss > 0.0)
        {
            score -= loss;
            reasons.Add(reason);
        }
    }

    private static double Shouting(AnalysedText answer)
    {
        int shouted = 0;
        foreach (Word word in answer.Words)
        {
            shouted += word.Is(WordFlags.AllCapitals) && word.Length >= CapitalsMin && !word.Is(WordFlags.Code) ? 1 : 0;
        }

        double share = (double)shouted / answer.Words.Length;
        return shouted < 3 || share < 0.1 ? 0.0 : Math.Min(0.3, share);
    }

    private static int Exclamations(AnalysedText answer)
    {
        int runs = 0;
        string text = answer.Text;
        for (int i = 1; i < text.Length; i++)
        {
            runs += text[i] == '!' && text[i - 1] is '!' or '?' ? 1 : 0;
        }

        return runs;
    }

    private static bool HasSlang(AnalysedText answer)
    {
        foreach (Word word in answer.Words)
        {
            if (Slang.Contains(word.Hash))
            {
                return true;
            }
        }

        return false;
    }
}
