using System.Text;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Checks;

public sealed class RepetitionCheckTests
{
    private readonly RepetitionCheck _check = new();

    [Theory]
    [InlineData("The answer is helpful ", "it may be helpful ", 4)]
    [InlineData("Start. ", "Nobody knows why the cache was cold on that day. ", 5)]
    [InlineData("", "\u55B5", 40)]
    [InlineData("We see ", "!", 60)]
    public void Evaluate_UnitRepeatedFourTimesOver32Characters_Fails(string before, string unit, int repeats) =>
        Assert.True(_check.Fails(before + string.Concat(Enumerable.Repeat(unit, repeats))));

    [Theory]
    [InlineData("To be clear: no, no, no, the cache is not shared.")]
    [InlineData("Summary\n==================================================\nAll systems were up.\n--------------------------------------------------\nDone.")]
    [InlineData("| day | calls |\n|-----|-------|\n| 1 | 0 |\n| 2 | 0 |\n| 3 | 0 |\n| 4 | 0 |\n| 5 | 0 |")]
    [InlineData("```\nx = 0\nx = 0\nx = 0\nx = 0\nx = 0\nx = 0\n```")]
    [InlineData("Row, row, row the boat number one,\nGently down the stream.\n\nRow, row, row the boat number two,\nGently down the stream.")]
    [InlineData("A sentence about nothing that says nothing twice in its own words.")]
    [InlineData("")]
    public void Evaluate_RightfulRepetition_Passes(string answer) => Assert.False(_check.Fails(answer));

    [Fact]
    public void Evaluate_ThreeRepeats_Passes() => Assert.False(_check.Fails("It ends. " + string.Concat(Enumerable.Repeat("and the cache is cold ", 3))));

    [Fact]
    public void Evaluate_FourRepeatsUnder32Characters_Passes() => Assert.False(_check.Fails("He said: ha ha ha ha ha and left."));

    [Fact]
    public void Evaluate_NumberedListOfOneTemplate_Passes()
    {
        StringBuilder list = new();
        for (int i = 1; i <= 40; i++)
        {
            list.Append(i).Append(". Check that node ").Append(i).Append(" answers and that its disk is not full.\n");
        }

        Assert.False(_check.Fails(list.ToString()));
    }

    [Fact]
    public void Evaluate_EndlessWhiteSpace_Fails() => Assert.True(_check.Fails("{ \"a\": 1" + new string('\n', 600)));

    [Fact]
    public void Evaluate_Loop_NamesPrimitiveUnit()
    {
        DimensionScore score = _check.Score("x: " + string.Concat(Enumerable.Repeat("abcd", 20)))!;
        Assert.Contains("a unit of 4 characters", score.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_LoopInTheTailOfAVeryLongAnswer_Fails()
    {
        StringBuilder text = new();
        for (int i = 0; text.Length < 200_000; i++)
        {
            text.Append("Line ").Append(i * 7919 % 10_007).Append(" says ").Append(i * 31).Append(".\n");
        }

        text.Append(string.Concat(Enumerable.Repeat("and then the service was restarted again ", 30)));
        Assert.True(_check.Fails(text.ToString()));
    }
}
