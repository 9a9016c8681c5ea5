using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Tells whether the answer is in the language of the question.</summary>
/// <remarks>
/// By script first; for Latin script by the commonest function words of nine languages.
/// Scale: 1 = the same, 0 = another. Unknown where either text is too short to tell, or the prompt asks for a translation
/// or names a language. Weakness: closely related languages in short texts; mixed languages count as their commoner one.
/// Cost: one pass over the words. Source: function-word profiles as in Grefenstette, JADT 1995.
/// </remarks>
public sealed class LanguageCheck : ICheck
{
    private static readonly WordSet Asks = new(
        """
        translate translation translated english french german spanish italian portuguese dutch swedish polish russian chinese
        japanese korean arabic hindi turkish latin greek hebrew thai language übersetze übersetzen traduire traduis traduce traducir
        """);

    public string Dimension => QualityDimensions.Language;

    public string Evaluator => "language-match";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        foreach (Word word in input.Prompt.Words)
        {
            if (Asks.Contains(word.Hash))
            {
                return DimensionScore.Unknown(this, "the prompt names a language");
            }
        }

        string? asked = input.Prompt.Language;
        string? answered = input.Response.Language;
        if (asked is null || answered is null)
        {
            return DimensionScore.Unknown(this, "too little text to tell the language");
        }

        return asked == answered ? DimensionScore.Of(this, 1.0) : DimensionScore.Of(this, 0.0, $"asked in {asked}, answered in {answered}");
    }
}
