using System.Text.Json;
using CsCheck;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Tests.Drift;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

public sealed class QualityMonitorTests
{
    private static readonly QualityQuestion[] Questions =
    [
        new(QualityQuestionKind.Below, Answers.Dimension, 0.8),
        new(QualityQuestionKind.Above, Answers.Dimension, 0.9),
        new(QualityQuestionKind.Drift, Answers.Dimension, 0),
    ];

    [Fact]
    public void Below_NoAnswers_IsMissing_UnannouncedQuestion_IsAnError()
    {
        QualityMonitor monitor = Monitor();
        Assert.Equal(Truth.Missing, Below(monitor).Truth);
        Assert.Equal(Truth.Error, monitor.Below(Answers.Entity, Answers.Dimension, 0.81).Truth);
    }

    [Fact]
    public void Below_EnoughGoodAnswers_IsFalse_BeforeThat_Hold()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i <= QualityMonitorOptions.Default.KnownMin; i++)
        {
            Assert.NotEqual(Truth.False, Below(monitor).Truth);
            monitor.Take(Answers.Score(i, 1));
        }

        Assert.Equal(Truth.False, Below(monitor).Truth);
    }

    [Fact]
    public void Above_GoodAnswers_IsTrueInTheEnd()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 500; i++)
        {
            monitor.Take(Answers.Score(i, 1));
        }

        QualityDecision decision = monitor.Above(Answers.Entity, Answers.Dimension, 0.9);
        Assert.Equal(Truth.True, decision.Truth);
        Assert.True(decision.EValue >= decision.Alarm);
    }

    [Fact]
    public void Drift_BeforeTheReferenceIsFrozen_Holds_ThenFindsTheFall()
    {
        QualityMonitor monitor = Monitor();
        Random random = new(61);
        for (int i = 0; i < 1800; i++)
        {
            Assert.Equal(i == 0 ? Truth.Missing : Truth.Hold, monitor.Drift(Answers.Entity, Answers.Dimension).Truth);
            monitor.Take(Answers.Score(i, Answers.Bernoulli(random, 0.97)));
        }

        int found = Until(monitor, 1800, 3000, 1, () => monitor.Drift(Answers.Entity, Answers.Dimension).Truth == Truth.True, random, 0.97);
        Assert.Equal(-1, found);
        found = Until(monitor, 4800, 500, 1, () => monitor.Drift(Answers.Entity, Answers.Dimension).Truth == Truth.True, random, 0.8);
        Assert.InRange(found, 1, 200);
    }

    [Fact]
    public void Drift_AnotherJudge_BeginsAnotherBaseline()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 2000; i++)
        {
            monitor.Take(Answers.Score(i, 0.95, judge: "one@1"));
        }

        Assert.NotNull(Status(monitor, QualityQuestionKind.Drift).Threshold);
        for (int i = 2000; i < 2300; i++)
        {
            monitor.Take(Answers.Score(i, 0.6, judge: "one@2"));
        }

        Assert.Null(Status(monitor, QualityQuestionKind.Drift).Threshold);
        Assert.Equal(Truth.Hold, monitor.Drift(Answers.Entity, Answers.Dimension).Truth);
    }

    [Fact]
    public void Below_UnknownAnswersCouldBeGood_IsHeldAndTheJudgeIsAtFault()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 3000; i++)
        {
            monitor.Take(Answers.Score(i, i % 3 == 0 ? 0.5 : null));
        }

        Assert.Equal(Truth.Hold, Below(monitor).Truth);
        Assert.True(Status(monitor, QualityQuestionKind.Below).HeldByUnknown);
    }

    [Fact]
    public void Below_BadWhateverTheUnknownAre_IsTrue()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 3000; i++)
        {
            monitor.Take(Answers.Score(i, i % 5 == 0 ? null : 0.3));
        }

        Assert.Equal(Truth.True, Below(monitor).Truth);
    }

    [Fact]
    public void Below_NothingButUnknown_NeverSpeaksOfTheModel()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 2000; i++)
        {
            monitor.Take(Answers.Score(i, null));
            Assert.Equal(Truth.Missing, Below(monitor).Truth);
        }

        Assert.Equal(1, monitor.UnknownShare(Answers.Entity, Answers.Dimension, TimeSpan.FromMinutes(5), Answers.At(2000)));
    }

    [Fact]
    public void Take_BadInput_IsNamedAndNeverAZero()
    {
        QualityMonitor monitor = Monitor();
        Assert.Equal(QualityIntake.ScoreOutOfRange, monitor.Take(Answers.Score(0, double.NaN)));
        Assert.Equal(QualityIntake.ScoreOutOfRange, monitor.Take(Answers.Score(1, 7)));
        Assert.Equal(QualityIntake.ProbabilityOutOfRange, monitor.Take(Answers.Score(2, 1, probability: 0)));
        Assert.Equal(QualityIntake.ProbabilityOutOfRange, monitor.Take(Answers.Score(2, 1, probability: double.NaN)));
        Assert.Equal(QualityIntake.TakenAsUnknown, monitor.Take(Answers.Score(3, null)));
        QualityEstimate estimate = monitor.Estimate(Answers.Entity, Answers.Dimension);
        Assert.Null(estimate.Value);
        Assert.Equal(1, estimate.UnknownShare);
    }

    [Fact]
    public void Take_MoreStreamsThanTheBound_KeepsThoseThatWereThere()
    {
        QualityMonitor monitor = new(Questions, QualityMonitorOptions.Default with { StreamsMax = 1 });
        Assert.Equal(QualityIntake.Taken, monitor.Take(Answers.Score(0, 1)));
        QualityScore other = Answers.Score(0, 1) with { Entity = EntityId.ForComponent("chat", "other") };
        Assert.Equal(QualityIntake.TooManyStreams, monitor.Take(other));
        Assert.Equal(QualityIntake.Taken, monitor.Take(Answers.Score(1, 1)));
        Assert.Equal(1, monitor.Refused);
    }

    [Fact]
    public void Coverage_CountedArrivals_IsKnownOverThem_ElseOverTheWeights()
    {
        QualityMonitor monitor = Monitor();
        Timestamp now = Answers.At(100);
        Assert.Null(monitor.Coverage(Answers.Entity, Answers.Dimension, TimeSpan.FromMinutes(5), now));
        monitor.Take(Answers.Score(95, 1, 0.1));
        monitor.Take(Answers.Score(96, null, 0.1));
        Assert.Equal(0.05, monitor.Coverage(Answers.Entity, Answers.Dimension, TimeSpan.FromMinutes(5), now)!.Value, 9);
        monitor.Arrive(Answers.Entity, Answers.At(90), 40);
        Assert.Equal(0.025, monitor.Coverage(Answers.Entity, Answers.Dimension, TimeSpan.FromMinutes(5), now)!.Value, 9);
        Assert.Null(monitor.UnknownShare(Answers.Entity, Answers.Dimension, TimeSpan.FromMinutes(5), Answers.At(1000)));
    }

    [Fact]
    public void Take_ProbabilityBelowAllBefore_BeginsAnewWithoutLosingTheAlarm()
    {
        QualityMonitor monitor = Monitor();
        for (int i = 0; i < 200; i++)
        {
            monitor.Take(Answers.Score(i, 0, 0.5));
        }

        Assert.Equal(Truth.True, Below(monitor).Truth);
        monitor.Take(Answers.Score(300, 0, 0.05));
        Assert.Equal(Truth.True, Below(monitor).Truth);
    }

    [Fact]
    public void Take_ProbabilityThatRoseAgain_BringsTheStakesBack()
    {
        QualityMonitor rare = Monitor();
        rare.Take(Answers.Score(0, 1, 0.01));
        QualityMonitor plain = Monitor();
        plain.Take(Answers.Score(0, 1, 0.5));
        for (int i = 1; i <= 1000; i++)
        {
            rare.Take(Answers.Score(i, 0.9, 0.5));
            plain.Take(Answers.Score(i, 0.9, 0.5));
        }

        int Delay(QualityMonitor monitor) => Until(monitor, 1000, 500, 0.5, () => Below(monitor).Truth == Truth.True, new Random(62), 0.3);
        Assert.Equal(Delay(plain), Delay(rare));
    }

    [Fact]
    public void Drift_SlowDecline_CannotLowerItsYardstick()
    {
        QualityMonitor monitor = Monitor();
        Random random = new(63);
        double highest = 0;
        for (int i = 0; i < 10_000; i++)
        {
            monitor.Take(Answers.Score(i, Answers.Bernoulli(random, 0.98 - (i * 0.00004))));
            if (i % 100 != 0)
            {
                continue;
            }

            double threshold = Status(monitor, QualityQuestionKind.Drift).Threshold ?? 0;
            Assert.True(threshold >= highest);
            highest = threshold;
        }

        Assert.Equal(Truth.True, monitor.Drift(Answers.Entity, Answers.Dimension).Truth);
    }

    [Fact]
    public void Restore_AnyMoment_GoesOnAsIfNothingHadHappened() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 3]).Sample(
            (cut, seed) =>
            {
                Random random = new(seed);
                QualityMonitorOptions options = QualityMonitorOptions.Default with { ReferenceSpanMin = TimeSpan.FromMinutes(3), ReferenceKnownMin = 60, AnswersMax = 50 };
                QualityMonitor through = new(Questions, options);
                QualityMonitor cutting = new(Questions, options);
                for (int i = 0; i < 500; i++)
                {
                    double? value = random.NextDouble() < 0.05 ? null : Answers.Bernoulli(random, i < 300 ? 0.97 : 0.4);
                    QualityScore score = Answers.Score(i, value, random.NextDouble() < 0.5 ? 1 : 0.5);
                    through.Take(score);
                    cutting.Take(score);
                    through.Arrive(score.Entity, score.Time, 2);
                    cutting.Arrive(score.Entity, score.Time, 2);
                    if (i == cut)
                    {
                        string stored = JsonSerializer.Serialize(cutting.Save());
                        cutting = QualityMonitor.Restore(Questions, options, JsonSerializer.Deserialize<QualityMonitorState>(stored)!);
                    }
                }

                Assert.Equal(JsonSerializer.Serialize(through.Save()), JsonSerializer.Serialize(cutting.Save()));
                Assert.Equal(through.Status(Answers.Entity), cutting.Status(Answers.Entity));
            },
            iter: Steps.Of(30));

    private static QualityMonitor Monitor() => new(Questions, QualityMonitorOptions.Default);

    private static QualityDecision Below(QualityMonitor monitor) => monitor.Below(Answers.Entity, Answers.Dimension, 0.8);

    private static QualityStatus Status(QualityMonitor monitor, QualityQuestionKind kind) =>
        monitor.Status(Answers.Entity).Single(s => s.Question.Kind == kind);

    private static int Until(QualityMonitor monitor, int from, int count, double probability, Func<bool> done, Random random, double mean)
    {
        for (int i = 1; i <= count; i++)
        {
            monitor.Take(Answers.Score(from + i, Answers.Bernoulli(random, mean), probability));
            if (done())
            {
                return i;
            }
        }

        return -1;
    }
}
