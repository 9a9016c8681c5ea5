using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Statistics;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

public sealed class IntervalCoverageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0.95)]
    [InlineData(0.9)]
    [InlineData(0.6)]
    public void ToEstimate_StrataOfDifferentProbability_CoversTheTruth(double mean)
    {
        const int Runs = 1000;
        int covered = 0;
        for (int run = 0; run < Runs; run++)
        {
            StreamSimulation stream = new(seed: 7000 + run);
            WeightedEstimate estimate = default;
            for (int i = 0; i < 300; i++)
            {
                QualityScore score = stream.Next(mean - 0.02);
                estimate.Add(score.Score, score.Probability);
            }

            QualityEstimate shown = estimate.ToEstimate(null);
            covered += shown.Lower <= mean - 0.02 && shown.Upper >= mean - 0.02 ? 1 : 0;
        }

        output.WriteLine($"mean {mean - 0.02}: the 95 % interval covers in {100.0 * covered / Runs:F1} %");
        Assert.InRange((double)covered / Runs, 0.92, 1);
    }

    [Fact]
    public void ToEstimate_EqualWeights_IsWilsonsInterval()
    {
        WeightedEstimate estimate = default;
        for (int i = 0; i < 100; i++)
        {
            estimate.Add(i < 90 ? 1 : 0, 0.25);
        }

        QualityEstimate shown = estimate.ToEstimate(Answers.Start);
        Assert.Equal(0.9, shown.Value!.Value, 12);
        Assert.Equal(100, shown.EffectiveN, 6);
        Assert.Equal(0.8256, shown.Lower!.Value, 4);
        Assert.Equal(0.9448, shown.Upper!.Value, 4);
    }

    [Fact]
    public void ToEstimate_NoVariance_CountsByKish()
    {
        WeightedEstimate estimate = default;
        estimate.Add(1, 1);
        estimate.Add(1, 1.0 / 3);
        QualityEstimate shown = estimate.ToEstimate(null);
        Assert.Equal(1.6, shown.EffectiveN, 9);
        Assert.True(shown.Lower < 0.5);
        Assert.Equal(1, shown.Upper);
    }

    [Fact]
    public void ToEstimate_Unknown_IsAShareAndNeverAScore()
    {
        WeightedEstimate estimate = default;
        estimate.Add(1, 0.5);
        estimate.Add(null, 0.25);
        QualityEstimate shown = estimate.ToEstimate(null);
        Assert.Equal(1, shown.Value);
        Assert.Equal(1, shown.N);
        Assert.Equal(2.0 / 3, shown.UnknownShare, 12);
    }

    [Fact]
    public void BettingBound_ReadAtAllTimes_IsTooHighInLessThanOnePercent()
    {
        const int Runs = 400;
        int wrong = 0;
        double sum = 0;
        for (int run = 0; run < Runs; run++)
        {
            StreamSimulation stream = new(seed: 8000 + run);
            BettingBound bound = new(0.99, StreamSimulation.ProbabilityMin);
            for (int i = 0; i < 400; i++)
            {
                QualityScore score = stream.Next(0.95);
                bound.Observe(score.Score!.Value, score.Probability);
            }

            wrong += bound.Lower > 0.95 ? 1 : 0;
            sum += bound.Lower;
        }

        output.WriteLine($"too high in {wrong} of {Runs}; mean bound after 400 judged answers with p from .1 to .6: {sum / Runs:F3}");
        Assert.InRange((double)wrong / Runs, 0, 0.01);
    }

    [Fact]
    public void BettingBound_TwoHundredEqualDraws_IsUseful()
    {
        Random random = new(51);
        double sum = 0;
        for (int run = 0; run < 100; run++)
        {
            BettingBound bound = new(0.99, 0.25);
            for (int i = 0; i < 200; i++)
            {
                bound.Observe(Answers.Bernoulli(random, 0.95), 0.25);
            }

            sum += bound.Lower;
        }

        output.WriteLine($"mean 99 % lower bound of .95 after 200 judged answers: {sum / 100:F3}");
        Assert.InRange(sum / 100, 0.85, 0.95);
    }

    [Fact]
    public void BettingInterval_ManyAnswers_ClosesOnTheTruth()
    {
        Random random = new(52);
        BettingInterval interval = new(0.95, 1);
        for (int i = 0; i < 5000; i++)
        {
            interval.Observe(0.5 + (0.2 * Answers.Bernoulli(random, 0.5)), 1);
        }

        Assert.InRange(interval.Lower, 0.57, 0.6);
        Assert.InRange(interval.Upper, 0.6, 0.63);
    }

    [Fact]
    public void GoodAnswerCost_NoneMayBeGood_IsUnbounded()
    {
        GoodAnswerCost cost = GoodAnswerCost.From(10, 100, QualityEstimate.None with { Value = 0.5, Lower = 0, Upper = 0.8 });
        Assert.Equal(0.125, cost.Lower!.Value, 12);
        Assert.Null(cost.Upper);
    }
}
