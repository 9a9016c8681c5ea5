using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Tests.Quality;

public sealed class EvaluatorTests
{
    private readonly Evaluator _evaluator = new();

    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("(")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("1 ")]
    [InlineData("a@")]
    [InlineData("+1")]
    [InlineData("I can't ")]
    [InlineData("\uD800")]
    [InlineData("|a|b|\n")]
    [InlineData("```csharp\n")]
    [InlineData("password:")]
    [InlineData("http://")]
    public void Evaluate_OneMebibyteOfAnything_IsClippedAndFinishes(string unit)
    {
        string hostile = string.Concat(Enumerable.Repeat(unit, (1 << 20) / unit.Length));
        ScoreCard card = _evaluator.Evaluate(Samples.Of(hostile, hostile, hostile));
        Assert.Contains(card.Find(QualityDimensions.Integrity)!.Reasons, r => r.Contains("were read", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_GoodAnswer_PassesEverythingKnown()
    {
        ScoreCard card = _evaluator.Evaluate(Samples.Of(
            "After a restart the cache is cold, so the first queries read from disk. They get faster as the cache warms up.",
            "Why are the first queries slow after a restart of the cache?"));
        Assert.All(card.Scores.Where(s => s.Value.Score is not null), s => Assert.Equal(QualityVerdict.Pass, s.Value.Verdict));
        Assert.True(card.Composite > 0.8);
    }

    [Fact]
    public void Evaluate_Scores_ComeInTheOrderOfTheDimensions()
    {
        List<string> order = [.. QualityDimensions.All];
        List<int> places = [.. _evaluator.Evaluate(Samples.Of("All is well.")).Scores.Select(s => order.IndexOf(s.Key))];
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Checks_All_HaveNameVersionAndAKnownDimension()
    {
        Assert.All(_evaluator.Checks, c => Assert.Contains(c.Dimension, QualityDimensions.All));
        Assert.All(_evaluator.Checks, c => Assert.False(string.IsNullOrEmpty(c.Evaluator) || string.IsNullOrEmpty(c.Version)));
        Assert.Equal(_evaluator.Checks.Count(), _evaluator.Checks.Select(c => c.Dimension).Distinct().Count());
    }

    [Fact]
    public void Evaluate_SafetyFailure_CapsTheComposite()
    {
        ScoreCard card = _evaluator.Evaluate(Samples.Of(
            "After a restart the cache is cold. I will kill you if the queries are slow.", "Why are the queries slow after a restart of the cache?"));
        Assert.True(card.Composite <= card.Find(QualityDimensions.Safety)!.Score);
        Assert.True(card.Composite < DimensionScore.PassMark);
    }
}
