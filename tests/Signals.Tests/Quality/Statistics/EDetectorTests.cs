using CsCheck;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Tests.Drift;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

public sealed class EDetectorTests
{
    private static readonly double[] Stakes = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

    [Fact]
    public void Observe_FixedLevel_FollowsTheRecursion() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0.2, 1]).Array[1, 200].Sample(
            answers =>
            {
                const double Threshold = 0.9;
                const double Alarm = 1000;
                EDetector detector = new(EDirection.Below, Threshold, 0.2);
                double[] expected = new double[Stakes.Length];
                foreach ((double score, double probability) in answers)
                {
                    detector.Observe(score, probability, Alarm);
                    for (int g = 0; g < Stakes.Length; g++)
                    {
                        double lambda = Stakes[g] * 0.2 / (1 - Threshold);
                        double l = 1 + (lambda / probability * (Threshold - score));
                        expected[g] = Math.Min(l * (expected[g] + 1), EDetector.WealthMax * Alarm);
                    }

                    Assert.Equal(expected.Average(), detector.Evidence, 1e-9 * Math.Max(1, expected.Average()));
                }
            },
            iter: Steps.Of(200));

    [Fact]
    public void Observe_AnyAnswers_IsNeverRuinedAndStaysFinite() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1].Array[1, 300]).Sample(
            (threshold, scores) =>
            {
                foreach (EDirection direction in Enum.GetValues<EDirection>())
                {
                    EDetector detector = new(direction, threshold, 0.01);
                    foreach (double score in scores)
                    {
                        detector.Observe(score, 0.01, 20);
                        Assert.True(detector.Evidence > 0 && double.IsFinite(detector.Evidence));
                    }
                }
            },
            iter: Steps.Of(200));

    [Fact]
    public void Observe_MirroredScores_AboveIsBelowOfTheMirror() =>
        Gen.Double[0, 1].Array[1, 100].Sample(
            scores =>
            {
                EDetector below = new(EDirection.Below, 0.75, 0.5);
                EDetector above = new(EDirection.Above, 0.25, 0.5);
                foreach (double score in scores)
                {
                    below.Observe(score, 0.5, 100);
                    above.Observe(1 - score, 0.5, 100);
                }

                Assert.Equal(below.Evidence, above.Evidence, 1e-9 * Math.Max(1, below.Evidence));
            },
            iter: Steps.Of(100));

    [Fact]
    public void Observe_LevelThatFollowsTraffic_AddsOneOverTheLevelEachTime()
    {
        EDetector detector = new(EDirection.Below, 0.5, 1);
        detector.Observe(0.5, 1, 100);
        detector.Observe(0.5, 1, 400);
        Assert.Equal(0.01 + 0.0025, detector.Share, 12);
    }

    [Fact]
    public void Observe_PerfectThreshold_IsRefutedByOneBadAnswer()
    {
        EDetector detector = new(EDirection.Below, 1, 1);
        detector.Observe(0, 1, 20);
        Assert.True(detector.Speaks);
    }

    [Fact]
    public void Observe_GoodAnswers_NeverSpeak()
    {
        EDetector detector = new(EDirection.Below, 0.9, 1);
        for (int i = 0; i < 100_000; i++)
        {
            detector.Observe(1, 1, AlarmBudget.LevelMin);
            Assert.False(detector.Speaks);
        }
    }

    [Fact]
    public void Observe_ProbabilityBelowItsMinimum_IsAProgrammersError() =>
        Assert.Throws<InvalidOperationException>(() => new EDetector(EDirection.Below, 0.9, 0.5).Observe(1, 0.4, 100));

    [Theory]
    [InlineData(2000, 0.1, 20_000)]
    [InlineData(0, 0.1, 20)]
    public void Level_OfABudget_IsAnswersOverFalseAlarms(double judged, double budget, double expected)
    {
        Assert.Equal(expected, AlarmBudget.Level(judged, budget), 9);
        Assert.Equal(expected, AlarmBudget.FleetLevel(judged, 50, 50 * budget), 6);
    }
}
