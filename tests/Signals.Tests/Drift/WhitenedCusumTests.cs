using Grainwatch.Signals.Drift;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Drift;

public sealed class WhitenedCusumTests(ITestOutputHelper output)
{
    private const double Phi = 0.7;

    [Theory]
    [InlineData(200)]
    [InlineData(1000)]
    public void Level_OfSiegmund_GivesTheRunLengthThatWasAsked(double averageRunLength)
    {
        double level = Siegmund.Level(0.5, averageRunLength);
        Random random = new(21);
        const int Runs = 1500;
        long steps = 0;
        for (int run = 0; run < Runs; run++)
        {
            for (double sum = 0; sum <= level; steps++)
            {
                sum = Math.Max(0, sum + Gaussian.Next(random) - 0.5);
            }
        }

        double measured = (double)steps / Runs;
        output.WriteLine($"asked {averageRunLength}, level {level:F3}, measured {measured:F0}");
        Assert.InRange(measured, 0.92 * averageRunLength, 1.08 * averageRunLength);
    }

    [Fact]
    public void Observe_AutocorrelatedSeries_AlarmsAsRarelyAsAsked()
    {
        const int Count = 200_000;
        const double Asked = 1000;
        (int whitened, int raw) = CountFalseAlarms(reference: 5000, Count, Asked, seed: 22);
        output.WriteLine($"asked {Count / Asked}, whitened {whitened}, the same on the raw series {raw}");
        Assert.InRange(whitened, 0.5 * Count / Asked, 1.5 * Count / Asked);
        Assert.True(raw > 5 * whitened);
    }

    [Fact]
    public void Observe_BlockBootstrapOfItsReference_AgreesWithTheAsked()
    {
        const double Asked = 500;
        const int Block = 100;
        Random random = new(23);
        double[] reference = Autoregression(random, 10_000);
        WhitenedCusum cusum = new(reference, Asked);
        int alarms = 0;
        const int Blocks = 2000;
        for (int block = 0; block < Blocks; block++)
        {
            int from = random.Next(reference.Length - Block);
            for (int i = 0; i < Block; i++)
            {
                alarms += Math.Abs(cusum.Observe(reference[from + i]));
            }
        }

        output.WriteLine($"asked {Blocks * Block / Asked}, measured {alarms}");
        Assert.InRange(alarms, 0.5 * Blocks * Block / Asked, 1.7 * Blocks * Block / Asked);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(-4, -1)]
    public void Observe_LastingShift_IsFoundWithItsSign(double shift, int expected)
    {
        Random random = new(24);
        double[] series = Autoregression(random, 700);
        WhitenedCusum cusum = new(series.AsSpan(0, 500), 10_000);
        int said = 0;
        int at = 500;
        for (; at < series.Length && said == 0; at++)
        {
            said = cusum.Observe(series[at] + shift);
        }

        Assert.Equal(expected, said);
        Assert.InRange(at, 500, 550);
    }

    [Fact]
    public void Observe_ConstantReference_StaysFinite()
    {
        WhitenedCusum cusum = new(Enumerable.Repeat(7.0, 100).ToArray(), 1000);
        Assert.Equal(0, cusum.Observe(7));
        Assert.Equal(0, cusum.Observe(8));
        Assert.True(double.IsFinite(cusum.Rise));
    }

    private static (int Whitened, int Raw) CountFalseAlarms(int reference, int count, double asked, int seed)
    {
        Random random = new(seed);
        double[] series = Autoregression(random, reference + count);
        WhitenedCusum cusum = new(series.AsSpan(0, reference), asked);
        double level = Siegmund.Level(0.5, 2 * asked);
        double deviation = 1 / Math.Sqrt(1 - (Phi * Phi));
        (int whitened, int raw, double rise, double fall) = (0, 0, 0, 0);
        for (int i = reference; i < series.Length; i++)
        {
            whitened += Math.Abs(cusum.Observe(series[i]));
            rise = Math.Max(0, rise + (series[i] / deviation) - 0.5);
            fall = Math.Max(0, fall - (series[i] / deviation) - 0.5);
            if (rise > level || fall > level)
            {
                raw++;
                (rise, fall) = (0, 0);
            }
        }

        return (whitened, raw);
    }

    private static double[] Autoregression(Random random, int count)
    {
        double[] values = new double[count];
        for (int i = 1; i < count; i++)
        {
            values[i] = (Phi * values[i - 1]) + Gaussian.Next(random);
        }

        return values;
    }
}
