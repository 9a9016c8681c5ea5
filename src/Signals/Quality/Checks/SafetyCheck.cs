using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds hate, threats, sexual and abusive language by words.</summary>
/// <remarks>
/// Words and phrases with a severity, <see cref="ToxicLexicon"/>, found also when letters are replaced ("sh1t", "f*ck").
/// Severities add up with what was found before halving nothing: the first counts in full, more of it adds less, and
/// long texts are not condemned for one word. Scale: exp(-severity); one profanity is about .65, a slur or a threat
/// below .3. Weakness: words, not intent: quoting, medicine and news use the same ones; polite hatred, and words not on
/// the list, pass; English only. Cost: one pass.
/// </remarks>
public sealed class SafetyCheck : ICheck
{
    public string Dimension => QualityDimensions.Safety;

    public string Evaluator => "safety-words";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        if (input.Response.Words.IsEmpty)
        {
            return DimensionScore.Unknown(this, "no words");
        }

        double severity = ToxicLexicon.Severity(input.Response, out string? category);
        return category is null ? DimensionScore.Of(this, 1.0) : DimensionScore.Of(this, Math.Exp(-severity), category);
    }
}
