using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Checks;

public sealed class TruncationCheckTests
{
    private readonly TruncationCheck _check = new();

    [Theory]
    [InlineData("First the cache is warmed. Then the service starts to answer and the quer")]
    [InlineData("The service starts after the")]
    [InlineData("There are three reasons: cost, speed,")]
    [InlineData("Use this:\n```python\nprint(1)\n")]
    [InlineData("The value is (")]
    [InlineData("All of it was fine on the day.\n\nViol")]
    [InlineData("Here are the steps:\n\n1. Choose the part of the house that you want to paint and ga")]
    [InlineData("1. Open the lid.\n2. Take the battery out.\n3. Clean the cont")]
    public void Evaluate_UnfinishedEnd_Fails(string answer) => Assert.True(_check.Fails(answer));

    [Theory]
    [InlineData("The service starts after the cache is warm.")]
    [InlineData("Paris")]
    [InlineData("$446.47")]
    [InlineData("- apples\n- pears\n- plums and cherries from the garden")]
    [InlineData("```python\nprint(1)\n```")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |")]
    [InlineData("{\"a\": 1}")]
    [InlineData("See the page for the details: https://example.com/a/b")]
    [InlineData("\u6771\u4EAC\u306F\u65E5\u672C\u306E\u9996\u90FD\u3067\u3059\u3002")]
    [InlineData("2, 3, 5, 7, 11, 13, 17, 19, 23, 29")]
    [InlineData("Thank you for all of it.\n\nBest regards,\nAnn")]
    [InlineData("The capital of France is Paris")]
    [InlineData("")]
    public void Evaluate_Ended_Passes(string answer) => Assert.False(_check.Fails(answer));

    [Fact]
    public void Evaluate_FinishReasonLength_FailsEvenWithFullStop() => Assert.True(_check.Fails("All is well.", finish: "length"));

    [Fact]
    public void Evaluate_FinishReasonLengthAndUnfinished_ScoresLower() =>
        Assert.True(_check.Value("All is well and the", finish: "length") < _check.Value("All is well.", finish: "length"));

    [Fact]
    public void Evaluate_UnknownFinishReason_Passes() => Assert.False(_check.Fails("All is well.", finish: null));
}
