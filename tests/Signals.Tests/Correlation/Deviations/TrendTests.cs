using Grainwatch.Signals.Correlation.Deviations;

namespace Grainwatch.Signals.Tests.Correlation.Deviations;

public sealed class TrendTests
{
    private static readonly long[] Times = [.. Enumerable.Range(0, 400).Select(i => i * 10_000L)];

    [Fact]
    public void Of_LineWithOutliers_FindsTheSlope()
    {
        Random random = new(3);
        double[] values = [.. Times.Select((t, i) => 5 + t * 2e-6 + 0.05 * random.NextDouble() + (i % 37 == 0 ? 40 : 0))];

        Trend trend = Trend.Of(Times, values)!.Value;

        Assert.Equal(2e-6, trend.SlopePerMs, 5e-8);
        Assert.True(trend.Kendall > 6);
        Assert.True(trend.Linearity > 0.95);
    }

    [Fact]
    public void Of_Step_IsNotLinear()
    {
        double[] values = [.. Times.Select((_, i) => i < 200 ? 1.0 + i % 3 * 0.01 : 2.0 + i % 3 * 0.01)];

        Assert.True(Trend.Of(Times, values)!.Value.Linearity < 0.8);
    }

    [Fact]
    public void Of_Noise_HasNoTrend()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            Assert.InRange(Trend.Of(Times, [.. Times.Select(_ => random.NextDouble())])!.Value.Kendall, -4, 4);
        }
    }

    [Fact]
    public void Of_FewPoints_IsNull() => Assert.Null(Trend.Of(Times.AsSpan(0, 10), new double[10]));
}
