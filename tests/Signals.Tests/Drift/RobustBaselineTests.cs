using Grainwatch.Signals.Drift;

namespace Grainwatch.Signals.Tests.Drift;

public sealed class RobustBaselineTests
{
    [Fact]
    public void Deviation_NormalPast_IsTheZScore()
    {
        double? deviation = Deviation(361, newest: 10 + (6 * 2));
        Assert.NotNull(deviation);
        Assert.InRange(deviation.Value, 5, 7);
    }

    [Fact]
    public void Deviation_WarmUpNotOver_IsNull()
    {
        Assert.Null(Deviation(180, newest: 99));
        Assert.NotNull(Deviation(182, newest: 99));
    }

    [Fact]
    public void Deviation_FewPoints_IsNull() =>
        Assert.Null(RobustBaseline.Deviation([0, 3_600_000, 7_200_000], [1, 2, 3]));

    [Fact]
    public void Deviation_ConstantPast_IsMeasuredInThousandthsOfIt()
    {
        long[] times = [.. Enumerable.Range(0, 400).Select(i => i * 10_000L)];
        double[] values = [.. Enumerable.Repeat(100.0, 399), 100.5];
        Assert.Equal(5, RobustBaseline.Deviation(times, values)!.Value, 9);
    }

    [Fact]
    public void Deviation_WildPast_IsNotHiddenByIt()
    {
        long[] times = [.. Enumerable.Range(0, 400).Select(i => i * 10_000L)];
        double[] values = [.. Enumerable.Range(0, 399).Select(i => i % 50 == 0 ? 1e6 : 10 + (i % 5)), 60.0];
        Assert.True(RobustBaseline.Deviation(times, values) > 15);
    }

    private static double? Deviation(int count, double newest)
    {
        Random random = new(11);
        long[] times = [.. Enumerable.Range(0, count).Select(i => i * 10_000L)];
        double[] values = [.. Enumerable.Range(0, count).Select(_ => 10 + (2 * Gaussian.Next(random)))];
        values[^1] = newest;
        return RobustBaseline.Deviation(times, values);
    }
}
