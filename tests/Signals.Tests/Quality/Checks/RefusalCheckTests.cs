using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Checks;

public sealed class RefusalCheckTests
{
    private readonly RefusalCheck _check = new();

    [Theory]
    [InlineData("I'm sorry, but I can't assist with that.")]
    [InlineData("I cannot provide instructions on how to do this.")]
    [InlineData("As an AI language model, I am not able to discuss this topic.")]
    [InlineData("I\u2019m unable to help with that request.")]
    [InlineData("I must decline to answer.")]
    [InlineData("I won't write that for you.")]
    [InlineData("I do not have access to personal information about anyone, so I can't say.")]
    public void Evaluate_Declines_Fails(string answer) => Assert.True(_check.Fails(answer));

    [Theory]
    [InlineData("To kill a Python process, use kill with its id.")]
    [InlineData("The capital of France is Paris. It is important to note that it was not always so.")]
    [InlineData("You cannot divide by zero, which is why the function returns null.")]
    [InlineData("Sure! Here are three ideas for the party.")]
    public void Evaluate_Answers_Passes(string answer) => Assert.False(_check.Fails(answer));

    [Fact]
    public void Evaluate_RefusalFarIntoTheAnswer_IsNotOne() =>
        Assert.Equal(1.0, _check.Value(string.Concat(Enumerable.Repeat("The lid opens to the left side. ", 20)) + "I cannot help with that."));

    [Fact]
    public void Evaluate_Empty_IsUnknown() => Assert.Equal(QualityVerdict.Unknown, _check.Score(" ")!.Verdict);
}
