using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Checks;

namespace Grainwatch.Signals.Tests.Quality.Checks;

public sealed class IntegrityPartsTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\u200B\uFEFF")]
    public void Empty_NothingVisible_IsZero(string answer) => Assert.Equal(0.0, new EmptyCheck().Value(answer));

    [Fact]
    public void Empty_BilledTokens_AreNamed()
    {
        DimensionScore score = new EmptyCheck().Evaluate(new CheckInput(Samples.Of(" ", outputTokens: 812)))!;
        Assert.Equal("empty, and 812 tokens were billed", score.Reasons[0]);
    }

    [Fact]
    public void Empty_OneLetter_IsOne() => Assert.Equal(1.0, new EmptyCheck().Value("A"));

    [Theory]
    [InlineData("F]otball has com& a long wa[%from the 60's and bowl}ing.")]
    [InlineData("The r\uFFFDsum\uFFFD was sent to the off\uFFFDce on Monday.")]
    [InlineData("Das ist fÃ¼r die MÃ¼ller und die KÃ¶che.")]
    [InlineData("Control \u0001\u0002 characters \u0003 in between.")]
    [InlineData("Half a pair \uD83D here and \uDE00 there and \uD83D.")]
    public void Characters_Broken_Fails(string answer) => Assert.True(new CharactersCheck().Fails(answer));

    [Theory]
    [InlineData("AT&T and R&D use C# and F#; mail me@example.org or see https://example.org/a?b=c&d=~e.")]
    [InlineData("It costs $5 (50% off) for *bold* and `inline[0] ^ x` code, #tag, @user.")]
    [InlineData("The formula \\(\\frac{a}{b}\\) and $$x^2$$ are fine, emoji \U0001F600 too.")]
    [InlineData("Caf\u00E9, na\u00EFve, 100 \u20AC, \u00A7 5, \u201Cquoted\u201D \u2014 all good\u2026")]
    [InlineData("```\n%$#@!^&*{}[]|\\<>~\n```")]
    [InlineData("<p>Some <b>bold</b> text</p>")]
    public void Characters_AtHome_Pass(string answer) => Assert.Equal(QualityVerdict.Pass, new CharactersCheck().Score(answer)!.Verdict);

    [Fact]
    public void Script_NamingForeignWords_Passes() =>
        Assert.False(new ScriptCheck().Fails("The name \u6771\u4EAC (Tokyo) is written with two characters; \u041C\u043E\u0441\u043A\u0432\u0430 is Moscow and \u0627\u0644\u0642\u0627\u0647\u0631\u0629 is Cairo."));

    [Fact]
    public void Script_SlippingIntoAnother_Fails() =>
        Assert.True(new ScriptCheck().Fails("No, I do not think you \u0441\u043E\u0435\u0434\u0438\u043D\u0435\u043D\u0438\u0435 on out \u0432\u0430\u0448 other \u0432\u043E\u043F\u0440\u043E\u0441 figure is the \u0441\u0438\u0441\u0442\u0435\u043C\u0430."));

    [Fact]
    public void Script_ForeignThroughout_IsTheLanguageChecksBusiness() =>
        Assert.False(new ScriptCheck().Fails("\u0421\u0438\u0441\u0442\u0435\u043C\u0430 \u0440\u0430\u0431\u043E\u0442\u0430\u0435\u0442 \u0432 Kubernetes \u0438 Docker."));

    [Fact]
    public void Script_EnglishWovenIntoAnother_IsASlipWhicheverIsMore() =>
        Assert.True(new ScriptCheck().Fails("yes \u0441\u0438\u0441\u0442\u0435\u043C\u0430 the \u0441\u0435\u0442\u044C \u0440\u0430\u0431\u043E\u0442\u0430\u0435\u0442 \u0441\u043D\u043E\u0432\u0430 is \u043F\u043E\u0441\u043B\u0435 radio \u0432\u043E\u043F\u0440\u043E\u0441 \u043E\u0442\u0432\u0435\u0442."));

    [Fact]
    public void Script_AskedFor_Passes() =>
        Assert.False(new ScriptCheck().Fails("The words are \u043C\u0438\u0440, \u0434\u0440\u0443\u0433 and \u0434\u043E\u043C in the text.", prompt: "Which words does \u043C\u0438\u0440 \u0434\u0440\u0443\u0433 \u0434\u043E\u043C have?"));

    [Theory]
    [InlineData("It is not 7 7 7 7 7 7 7 7 7")]
    [InlineData("There is a place where 1. 2. 3. 4. 5. 6. 7. 8. 9. 10.")]
    [InlineData("The value is 0.00000000000000000000000000000000")]
    [InlineData("The value is 142857142857142857142857142857142857")]
    public void Numbers_Run_Fails(string answer) => Assert.True(new NumbersCheck().Fails(answer));

    [Theory]
    [InlineData("The multiples are 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98.")]
    [InlineData("Pi is 3.14159265358979323846264338327950288419716939937510 to fifty places.")]
    [InlineData("| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")]
    [InlineData("1. Go.\n2. Stop.\n3. Turn.\n4. Wait.\n5. Go.\n6. Stop.\n7. Turn.\n8. Wait.\n9. End.")]
    [InlineData("Call 1 2 3 4 5 6 7.")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11")]
    public void Numbers_Series_Pass(string answer) => Assert.False(new NumbersCheck().Fails(answer));

    [Fact]
    public void Integrity_OnePartFails_FailsAndNamesIt()
    {
        DimensionScore score = new Evaluator().Evaluate(Samples.Of("It is not 7 7 7 7 7 7 7 7 7 7 7.")).Find("integrity")!;
        Assert.Equal(QualityVerdict.Fail, score.Verdict);
        Assert.StartsWith("numbers:", score.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Integrity_SeamAlone_IsDoubtAndNoFailure()
    {
        DimensionScore score = new Evaluator().Evaluate(Samples.Of("He knows of is the way to a to of the house. and then the is gone , and more .")).Find("integrity")!;
        Assert.Equal(QualityVerdict.Pass, score.Verdict);
        Assert.True(score.Score < 1.0);
    }
}
