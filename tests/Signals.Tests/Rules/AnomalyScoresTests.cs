using Grainwatch.Signals.Drift;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules;

public sealed class AnomalyScoresTests
{
    [Fact]
    public void Of_EveryBucket_IsTheScoreOfTheDetector()
    {
        TestWindows windows = Noise(4_000, jumpAt: 3_500);
        AnomalyScores scores = new(windows);
        AnomalyDetector detector = new();
        double highest = 0;
        for (int second = 0; second < 4_000; second += 10)
        {
            Timestamp bucket = At(second);
            detector.Score(bucket, windows.Aggregate(0, bucket, bucket).Last);
            double? score = scores.Of(0, At(second + 10));
            Assert.Equal(second < 1_990 ? null : detector.LastScore, score);
            highest = Math.Max(highest, score ?? 0);
        }

        Assert.True(highest >= AnomalyDetector.AlarmScore, $"{highest}");
    }

    [Fact]
    public void Of_AskedSeldom_SaysTheSame()
    {
        TestWindows windows = Noise(4_000, jumpAt: 3_990);
        AnomalyScores often = new(windows);
        for (int second = 10; second < 4_000; second += 10)
        {
            often.Of(0, At(second));
        }

        double? score = often.Of(0, At(4_000));
        Assert.True(score >= AnomalyDetector.AlarmScore);
        Assert.Equal(score, new AnomalyScores(windows).Of(0, At(4_000)));
        Assert.Equal(score, often.Of(0, At(4_000)));
    }

    [Theory]
    [InlineData(1_900, 1_900)] // fewer than 200 buckets
    [InlineData(4_000, 4_200)] // went silent
    [InlineData(4_000, -100)] // a clock before all data
    public void Of_NotEnoughPastOrNoPresent_IsNull(int until, int now) =>
        Assert.Null(new AnomalyScores(Noise(until, jumpAt: int.MaxValue)).Of(0, At(now)));

    [Fact]
    public void Of_ClockStepsBack_IsNotAskedOfTheFuture()
    {
        AnomalyScores scores = new(Noise(4_000, jumpAt: int.MaxValue));
        Assert.NotNull(scores.Of(0, At(4_000)));
        Assert.Null(scores.Of(0, At(3_000)));
        Assert.NotNull(scores.Of(0, At(4_000)));
    }

    [Fact]
    public void Of_MoreSeriesThanDetectors_RefusesTheNewAndKeepsTheOld()
    {
        TestWindows windows = new();
        for (int i = 0; i <= AnomalyScores.DetectorsMax; i++)
        {
            windows.Set(Assist, $"m{i}", 0, 1);
        }

        AnomalyScores scores = new(windows);
        for (int i = 0; i <= AnomalyScores.DetectorsMax; i++)
        {
            scores.Of(i, At(10));
        }

        Assert.Equal(1, scores.Refused);
        scores.Of(0, At(10));
        Assert.Equal(1, scores.Refused);
    }

    [Fact]
    public void Evaluate_AnomalyInARule_FiresOnTheJump()
    {
        TestWindows windows = Noise(4_000, jumpAt: 3_990);
        Assert.Equal(Truth.True, Decide("anomaly(m) >= 0.5", windows, 4_000));
        Assert.Equal(Truth.False, Decide("anomaly(m) >= 0.5", windows, 3_990));
        Assert.Equal(Truth.Missing, Decide("anomaly(m) >= 0.5", windows, 1_000));
    }

    private static TestWindows Noise(int until, int jumpAt)
    {
        Random random = new(5);
        return new TestWindows().Fill(Assist, "m", 0, until, s => (s < jumpAt ? 10 : 90) + random.NextDouble());
    }
}
