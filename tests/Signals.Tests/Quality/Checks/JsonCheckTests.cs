using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Checks;

public sealed class JsonCheckTests
{
    private readonly JsonCheck _check = new();

    [Theory]
    [InlineData("{\"a\": [1, 2, {\"b\": null}]}", 1.0)]
    [InlineData("[]", 1.0)]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", 1.0)]
    [InlineData("```json\n{\"a\": 1}\n```", 0.9)]
    [InlineData("Here you are:\n```json\n{\"a\": 1}\n```\nEnjoy.", 0.9)]
    [InlineData("Here you are: {\"a\": 1}", 0.6)]
    [InlineData("{\"a\": 1", 0.0)]
    [InlineData("{\"a\": 1,}", 0.0)]
    [InlineData("```json\n{\"a\": }\n```", 0.0)]
    [InlineData("I would rather not.", 0.0)]
    [InlineData("", 0.0)]
    public void Evaluate_Asked_ScoresForm(string answer, double expected) => Assert.Equal(expected, _check.Value(answer, "Answer in JSON."));

    [Theory]
    [InlineData("Paris is the capital.")]
    [InlineData("[1] The first source says so.")]
    [InlineData("{name} is a placeholder.")]
    [InlineData("")]
    public void Evaluate_NeitherAskedNorBegun_DoesNotApply(string answer) => Assert.Null(_check.Score(answer, "What is it?"));

    [Fact]
    public void Evaluate_BegunAndBroken_NamesThePlace()
    {
        DimensionScore score = _check.Score("{\"a\": 1,\n \"b\": x}")!;
        Assert.Equal(QualityVerdict.Fail, score.Verdict);
        Assert.Contains("line 2", score.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_DeepNesting_FailsWithoutOverflow() => Assert.True(_check.Fails(new string('[', 100_000) + new string(']', 100_000)));
}
