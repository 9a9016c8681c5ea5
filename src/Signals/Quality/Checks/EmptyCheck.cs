using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds an answer that holds nothing, and says when tokens were billed for it.</summary>
/// <remarks>
/// Scale: 0 = no letter, digit or other visible sign; 1 = there is one. White space, zero-width and control characters
/// are nothing. Weakness: a single full stop passes here. Cost: stops at the first visible character.
/// </remarks>
public sealed class EmptyCheck : ICheck
{
    public string Dimension => QualityDimensions.Empty;

    public string Evaluator => "empty";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        foreach (char c in input.Response.Text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF'))
            {
                return DimensionScore.Of(this, 1.0);
            }
        }

        return input.Sample.OutputTokens is > 0 and int tokens
            ? DimensionScore.Of(this, 0.0, $"empty, and {tokens} tokens were billed")
            : DimensionScore.Of(this, 0.0, "empty");
    }
}
