using CsCheck;
using Grainwatch.Signals.Drift;

namespace Grainwatch.Signals.Tests.Drift;

public sealed class AnomalyDetectorTests
{
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T00:00:00Z");
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private static readonly double?[] Oddities =
        [null, null, 45, 45, double.NaN, double.PositiveInfinity, double.MaxValue, double.MinValue, double.Epsilon];

    private static readonly Gen<double?> AnyValue = Gen.Frequency(
        (10, Gen.Double[0, 100].Select(v => (double?)v)),
        (3, Gen.Int[0, Oddities.Length - 1].Select(i => Oddities[i])));

    [Fact]
    public void Score_AnySeries_StaysWithinZeroAndOne() =>
        AnyValue.Array[0, 800].Sample(values => Assert.All(Scores(values), s => Assert.InRange(s, 0, 1)), iter: Steps.Of(100));

    [Fact]
    public void Score_DifferentFutures_LeaveThePastAsItWas() =>
        Gen.Select(AnyValue.Array[300, 600], AnyValue.Array[0, 100], AnyValue.Array[0, 100]).Sample(
            (past, one, other) => Assert.Equal(
                Scores([.. past, .. one])[..past.Length],
                Scores([.. past, .. other])[..past.Length]),
            iter: Steps.Of(50));

    [Fact]
    public void Score_BlanksBetween_TeachNothing()
    {
        double?[] values = [.. Noise(1, 1500).Select(v => (double?)v)];
        AnomalyDetector plain = new();
        AnomalyDetector gapped = new();
        for (int i = 0; i < values.Length; i++)
        {
            Timestamp time = Start + (2 * i * Step);
            Assert.Equal(plain.Score(time, values[i]), gapped.Score(time, values[i]));
            Assert.Equal(0, gapped.Score(time + Step, null));
        }
    }

    [Fact]
    public void Score_ConstantSeries_StaysSilent() => Assert.All(Scores(Enumerable.Repeat<double?>(45, 4000)), s => Assert.Equal(0, s));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Score_IndependentNoise_StaysSilent(int seed) => Assert.Empty(Alarms(Noise(seed, 4000)));

    [Fact]
    public void Score_DailyPattern_StaysSilent() => Assert.Empty(Alarms(Daily(14, quietDay: -1)));

    [Fact]
    public void Score_DayWithoutItsPeak_AlarmsOnThatDay()
    {
        int alarm = Assert.Single(Alarms(Daily(14, quietDay: 10)));
        Assert.Equal(10, alarm / 288);
    }

    [Fact]
    public void Score_Spike_AlarmsAtOnceAndThenIsQuiet()
    {
        double[] values = Noise(4, 2000);
        values[1500] = 200;
        values[1510] = 200;
        Assert.Equal([1500], Alarms(values));
    }

    [Fact]
    public void Score_NewLevel_AlarmsAtOnceAndIsLearnt()
    {
        double[] values = Noise(5, 4000);
        for (int i = 2000; i < values.Length; i++)
        {
            values[i] += 12;
        }

        List<int> alarms = Alarms(values);
        Assert.InRange(alarms[0], 2000, 2000 + 24);
        Assert.DoesNotContain(alarms, i => i > 2000 + (3 * AnomalyDetector.QuietPoints));
    }

    [Fact]
    public void Score_ValuesThatComeMoreDensely_Alarm()
    {
        Random random = new(6);
        double[] values = [.. Enumerable.Range(0, 3000).Select(i => random.NextDouble() < (i < 2500 ? 0.03 : 0.7) ? 3.0 : 0.0)];
        Assert.Contains(Alarms(values), i => i is >= 2500 and < 2540);
    }

    [Fact]
    public void Score_LongGap_ForgetsWhatWasLocal()
    {
        AnomalyDetector detector = new();
        double[] values = Noise(7, 1000);
        for (int i = 0; i < values.Length; i++)
        {
            detector.Score(Start + (i * Step), values[i]);
        }

        Timestamp later = Start + TimeSpan.FromDays(30);
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(detector.Score(later + (i * Step), values[i]) < AnomalyDetector.AlarmScore));
    }

    [Fact]
    public void Score_EqualTime_IsTaken_EarlierTime_IsRefused()
    {
        AnomalyDetector detector = new();
        detector.Score(Start, 1);
        Assert.Equal(0, detector.Score(Start, 1));
        Assert.Throws<ArgumentException>(() => detector.Score(Start - Step, 1));
    }

    private static double[] Scores(IEnumerable<double?> values)
    {
        AnomalyDetector detector = new();
        return [.. values.Select((v, i) => detector.Score(Start + (i * Step), v))];
    }

    private static List<int> Alarms(double[] values) =>
        [.. Scores(values.Select(v => (double?)v)).Select((s, i) => (s, i)).Where(x => x.s >= AnomalyDetector.AlarmScore).Select(x => x.i)];

    private static double[] Noise(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 50 + (random.NextDouble() * 8) - 4)];
    }

    private static double[] Daily(int days, int quietDay)
    {
        Random random = new(8);
        return
        [
            .. Enumerable.Range(0, days * 288).Select(i =>
            {
                bool peak = i % 288 is >= 108 and < 216 && i / 288 != quietDay;
                return (peak ? 80 : 20) + (random.NextDouble() * 4);
            }),
        ];
    }
}
