using System.Buffers;
using CsCheck;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Properties;

public sealed class EvaluatorProperties
{
    private static readonly string[] Pieces =
    [
        "\uD800", "\uDC00", "```", "```csharp\n", "\n", "|", "@", "a@b.co", "4111111111111111", "(", ")", "+1", "::", "{\"", "[", "GB82", "http://", "\u0301", "\u6771", "the ", "Of ", "7 ", ". ", "'", "\"", "$\"", "/*", "#", "\u200B", "1.", "-", "x",
    ];

    // Characters that scanners trip over, lone surrogates among them.
    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.Char.Array[0, 200].Select(c => new string(c)),
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])
            .Array[0, 80].Select(string.Concat));

    private static readonly Evaluator Subject = new();

    private static int Iterations => int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? steps : 2_000;

    [Fact]
    public void Evaluate_AnyText_NeverThrowsAndStaysInRange() =>
        Gen.Select(Hostile, Hostile, Hostile).Sample((response, prompt, context) =>
        {
            ScoreCard card = Subject.Evaluate(Samples.Of(response, prompt, context));
            foreach ((_, DimensionScore score) in card.Scores)
            {
                Assert.True(score.Score is null or (>= 0.0 and <= 1.0));
                Assert.Equal(score.Score is null, score.Verdict == QualityVerdict.Unknown);
                Assert.All(score.Findings, f => Assert.True(f.Start >= 0 && f.Start < f.End && f.End <= response.Length));
            }

            Assert.True(card.Composite is null or (>= 0.0 and <= 1.0));
        }, iter: Iterations);

    [Fact]
    public void Evaluate_Twice_GivesTheSameBytes() =>
        Gen.Select(Hostile, Hostile).Sample((response, prompt) =>
        {
            ResponseSample sample = Samples.Of(response, prompt, prompt);
            return Write(Subject.Evaluate(sample)).SequenceEqual(Write(new Evaluator().Evaluate(sample)));
        }, iter: Iterations / 4);

    [Fact]
    public void Repetition_MoreRepeats_NeverScoreHigher() =>
        Gen.Select(Gen.String[Gen.Char["abcde fghij"], 1, 40], Gen.Int[1, 30], Gen.Int[1, 30]).Sample((unit, less, more) =>
        {
            const string Before = "The quick brown fox jumps over a lazy dog. ";
            RepetitionCheck check = new();
            return check.Value(Before + Times(unit, less + more)) <= check.Value(Before + Times(unit, less)) + 1e-12;
        }, iter: Iterations);

    [Fact]
    public void Characters_MoreNoise_NeverScoreHigher() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20]).Sample((less, more) =>
        {
            const string Text = "The quick brown fox jumps over a lazy dog and runs along the river until evening comes.";
            CharactersCheck check = new();
            return check.Value(Text + new string('\uFFFD', less + more)) <= check.Value(Text + new string('\uFFFD', less));
        }, iter: 100);

    private static string Times(string unit, int n) => string.Concat(Enumerable.Repeat(unit, n));

    private static byte[] Write(ScoreCard card)
    {
        ArrayBufferWriter<byte> output = new();
        ScoreCardJson.WriteLine(card, output);
        return output.WrittenSpan.ToArray();
    }
}
