using CsCheck;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Checks;

public sealed class RepeatedRunsTests
{
    [Fact]
    public void Find_Loop_GivesPlaceLengthAndPrimitivePeriod()
    {
        RepeatedRun run = Assert.Single(RepeatedRuns.Find("xyz abababababab."));
        Assert.Equal(new RepeatedRun(4, 12, 2), run);
        Assert.Equal(6.0, run.Repeats);
    }

    [Fact]
    public void Find_PartialLastUnit_CountsIt() => Assert.Equal(11, Assert.Single(RepeatedRuns.Find("abcabcabcab")).Length);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("abcdefgh abcdefgh")]
    public void Find_NothingThreefold_IsEmpty(string text) => Assert.Empty(RepeatedRuns.Find(text));

    // The model looks from every place with every period. The longest run of at least four units must be the same.
    [Fact]
    public void Find_AnyText_AgreesWithExhaustiveSearch() =>
        Gen.Select(Gen.String["ab c"].Select(s => s.Length > 12 ? s[..12] : s), Gen.String["abc"].Select(s => s.Length > 6 ? s[..6] : s), Gen.Int[0, 9], Gen.String["abc"])
            .Select((before, unit, repeats, after) => before + string.Concat(Enumerable.Repeat(unit, repeats)) + (after.Length > 12 ? after[..12] : after))
            .Sample(text => LongestBySearch(text) == RepeatedRuns.Find(text).Where(r => r.Repeats >= 4).Select(r => r.Length).DefaultIfEmpty(0).Max(), iter: 3_000);

    private static int LongestBySearch(string text)
    {
        int longest = 0;
        for (int start = 0; start < text.Length; start++)
        {
            for (int period = 1; start + (4 * period) <= text.Length; period++)
            {
                int end = start + period;
                while (end < text.Length && text[end] == text[end - period])
                {
                    end++;
                }

                int length = end - start;
                longest = length >= 4 * period && length >= 8 ? Math.Max(longest, length) : longest;
            }
        }

        return longest;
    }
}
