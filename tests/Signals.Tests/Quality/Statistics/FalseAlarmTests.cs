using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Sampling;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Tests.Drift;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

/// <summary>What the detectors promise, measured. GRAINWATCH_STREAM_DAYS=10000 makes the figures of docs/statistics.md.</summary>
public sealed class FalseAlarmTests(ITestOutputHelper output)
{
    private const double Budget = 0.1;
    private const double Threshold = 0.95;

    [Fact]
    public void EDetector_TruthOnTheThresholdAndAdaptiveSampling_KeepsTheBudget()
    {
        int days = Steps.StreamDays;
        StreamSimulation stream = new(seed: 31);
        EDetector detector = new(EDirection.Below, Threshold, StreamSimulation.ProbabilityMin);
        double alarm = AlarmBudget.Level(JudgedADay(), Budget);
        int alarms = 0;
        long judged = 0;
        while (stream.Arrivals < (long)days * StreamSimulation.ArrivalsADay)
        {
            QualityScore score = stream.Next(Threshold);
            detector.Observe(score.Score!.Value, score.Probability, alarm);
            judged++;
            if (detector.Speaks)
            {
                alarms++;
                detector.Reset();
            }
        }

        output.WriteLine($"seed 31, {days} days, {judged} judged answers, A {alarm:F0}");
        output.WriteLine($"{(double)alarms / days:F4} false alarms a day, budget {Budget}");
        AssertWithin(alarms, days);
    }

    [Fact]
    public void Monitor_DriftAgainstADrawnReference_KeepsTheBudget()
    {
        const int DaysPerStream = 10;
        int streams = Math.Max(1, Steps.StreamDays / DaysPerStream);
        (int alarms, double spent, int frozen) = (0, 0, 0);
        for (int s = 0; s < streams; s++)
        {
            QualityMonitor monitor = Monitor(QualityQuestionKind.Drift);
            StreamSimulation stream = new(seed: 1000 + s);
            while (stream.Arrivals < (long)DaysPerStream * StreamSimulation.ArrivalsADay)
            {
                monitor.Take(stream.Next(0.95));
            }

            QualityStatus status = Assert.Single(monitor.Status(Answers.Entity));
            alarms += status.Alarms;
            spent += status.Spent;
            frozen += status.Threshold is null ? 0 : 1;
        }

        double days = streams * DaysPerStream;
        output.WriteLine($"seeds from 1000, {streams} streams of {DaysPerStream} days");
        output.WriteLine($"{alarms / days:F4} false drift alarms a day, bound {spent / days:F4}, budget {Budget}");
        Assert.Equal(streams, frozen);
        AssertWithin(alarms, days);
        Assert.InRange(spent / days, 0, Budget * 1.1);
    }

    /// <summary>Sampler and monitor together: strata, a budget that presses, more sampling in doubt, lost answers.</summary>
    [Fact]
    public void Monitor_BehindTheSampler_KeepsTheBudget()
    {
        int days = Math.Max(20, Steps.StreamDays / 10);
        const double Hard = 0.3;
        SamplingPolicy policy = SamplingPolicy.Default with
        {
            Normal = 0.1,
            UnderStress = 0.3,
            LowDeterministicScore = 0.5,
            TokensAnHour = 100 * SamplingPolicy.Default.TokensPerAnswer,
        };
        Sampler sampler = new(policy, [1, 2, 3], "judge");
        QualityMonitor monitor = Monitor(QualityQuestionKind.Below);
        Random random = new(32);
        Truth truth = Truth.Missing;
        (int judged, int paused) = (0, 0);
        for (long i = 0; i < (long)days * StreamSimulation.ArrivalsADay; i++)
        {
            bool hard = random.NextDouble() < Hard;
            double score = Answers.Bernoulli(random, Threshold + (hard ? -0.07 : 0.03));
            Timestamp time = Answers.At(i * (86_400.0 / StreamSimulation.ArrivalsADay));
            bool stress = truth is Truth.True or Truth.Hold;
            SamplingDecision decision = sampler.Decide(new SamplingRequest($"r{i}", time, stress, "stop", false, hard ? 0.2 : 0.9));
            paused += decision.Outcome == SamplingOutcome.Paused ? 1 : 0;
            if (decision.Outcome != SamplingOutcome.Taken)
            {
                continue;
            }

            judged++;
            double? known = random.NextDouble() < 0.02 ? null : score;
            monitor.Take(new QualityScore(time, Answers.Entity, Answers.Dimension, known, decision.Probability));
            truth = monitor.Below(Answers.Entity, Answers.Dimension, Threshold).Truth;
        }

        QualityStatus status = Assert.Single(monitor.Status(Answers.Entity));
        output.WriteLine($"seed 32, {days} days, {judged} judged, {paused} arrivals while paused");
        output.WriteLine($"{(double)status.Alarms / days:F4} false alarms a day, bound {status.Spent / days:F4}, budget {Budget}");
        AssertWithin(status.Alarms, days);
    }

    [Theory]
    [InlineData(0.85, 1.0, 400)]
    [InlineData(0.50, 1.0, 40)]
    [InlineData(0.85, 0.1, 2500)]
    [InlineData(0.50, 0.1, 200)]
    public void Below_AfterAFall_SpeaksSoon(double fallen, double probabilityMin, int expectedMost)
    {
        List<int> delays = [];
        double alarm = AlarmBudget.Level(JudgedADay(), Budget);
        for (int run = 0; run < Math.Max(200, Steps.StreamDays / 5); run++)
        {
            Random random = new(5000 + run);
            StreamSimulation stream = new(seed: 5000 + run);
            EDetector detector = new(EDirection.Below, Threshold, probabilityMin);
            for (int judged = -300; ; judged++)
            {
                double mean = judged < 0 ? Threshold : fallen;
                QualityScore score = probabilityMin < 1 ? stream.Next(mean) : Answers.Score(judged, Answers.Bernoulli(random, mean));
                detector.Observe(score.Score!.Value, score.Probability, alarm);
                if (judged < 0 && detector.Speaks)
                {
                    detector.Reset();
                }

                if (judged >= 0 && detector.Speaks)
                {
                    delays.Add(judged + 1);
                    break;
                }
            }
        }

        delays.Sort();
        output.WriteLine($"0.95 to {fallen}, pMin {probabilityMin}, A {alarm:F0}, in judged answers:");
        output.WriteLine($"median {delays[delays.Count / 2]}, p90 {delays[delays.Count * 9 / 10]}");
        Assert.InRange(delays[delays.Count / 2], 1, expectedMost);
    }

    [Theory]
    [InlineData(0.85, 4000, 400)]
    [InlineData(0.85, 1000, 1500)]
    [InlineData(0.50, 250, 60)]
    public void Drift_AfterAReference_FindsTheFall(double fallen, int reference, int expectedMost)
    {
        List<int> delays = [];
        for (int run = 0; run < 100; run++)
        {
            Random random = new(9000 + run);
            QualityMonitor monitor = Monitor(QualityQuestionKind.Drift);
            int judged = -reference;
            while (judged < 10_000 && (judged < 0 || monitor.Drift(Answers.Entity, Answers.Dimension).Truth != Truth.True))
            {
                double mean = judged < 0 ? Threshold : fallen;
                monitor.Take(Answers.Score(10.0 * (judged + reference), Answers.Bernoulli(random, mean)));
                judged++;
            }

            Assert.True(judged > 0, "the alarm came before the fall");
            delays.Add(judged);
        }

        delays.Sort();
        output.WriteLine($"reference of {reference} at 0.95, then {fallen}, in judged answers:");
        output.WriteLine($"median {delays[delays.Count / 2]}, p90 {delays[delays.Count * 9 / 10]}");
        Assert.InRange(delays[delays.Count / 2], 1, expectedMost);
    }

    /// <summary>The counter-example: what a bound that is looked at again and again does with the same stream.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(400)]
    public void Wilson_ComparedAtEveryBucket_AlarmsManyTimesADay(int window)
    {
        const int Days = 20;
        const int BucketsADay = 8640;
        Random random = new(41);
        Queue<double> held = new();
        (double good, int entries, bool below) = (0, 0, false);
        for (int i = 0; i < Days * BucketsADay; i++)
        {
            double score = Answers.Bernoulli(random, Threshold);
            held.Enqueue(score);
            good += score;
            if (held.Count < window)
            {
                continue;
            }

            bool now = WeightedEstimate.Wilson(good / window, window).Upper < Threshold;
            entries += now && !below ? 1 : 0;
            below = now;
            good -= held.Dequeue();
        }

        output.WriteLine($"window {window}: {(double)entries / Days:F1} false alarms a day");
        Assert.True((double)entries / Days > 10 * Budget);
    }

    [Fact]
    public void Monitor_FallAndRecovery_SpeaksOnceAndIsEndedByEvidence()
    {
        QualityMonitor monitor = Monitor(QualityQuestionKind.Below);
        Random random = new(42);
        List<(int At, Truth Truth)> turns = [];
        for (int i = 0; i < 6000; i++)
        {
            double mean = i is >= 2000 and < 4000 ? 0.7 : 0.99;
            monitor.Take(Answers.Score(i, Answers.Bernoulli(random, mean)));
            Truth truth = monitor.Below(Answers.Entity, Answers.Dimension, Threshold).Truth;
            if (truth is Truth.True or Truth.False && (turns.Count == 0 || turns[^1].Truth != truth))
            {
                turns.Add((i, truth));
            }
        }

        Assert.Equal([Truth.False, Truth.True, Truth.False], turns.Select(t => t.Truth));
        Assert.InRange(turns[1].At, 2000, 2100);
        Assert.InRange(turns[2].At, 4000, 4400);
    }

    private static QualityMonitor Monitor(QualityQuestionKind kind) =>
        new([new QualityQuestion(kind, Answers.Dimension, Threshold)], QualityMonitorOptions.Default);

    /// <summary>A count of rare events strays by its root: two are allowed, 6 % of the budget after 10,000 days.</summary>
    private static void AssertWithin(int alarms, double days)
    {
        double expectedMost = Budget * days;
        Assert.True(alarms <= expectedMost + (2 * Math.Sqrt(expectedMost)), $"{alarms} false alarms in {days} days");
    }

    private static double JudgedADay()
    {
        const int Days = 50;
        StreamSimulation stream = new(seed: 30);
        int judged = 0;
        while (stream.Arrivals < Days * StreamSimulation.ArrivalsADay)
        {
            stream.Next(Threshold);
            judged++;
        }

        return (double)judged / Days;
    }
}
