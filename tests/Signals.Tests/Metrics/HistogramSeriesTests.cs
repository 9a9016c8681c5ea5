using CsCheck;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Tests.Metrics;

public sealed class HistogramSeriesTests
{
    private const double Infinity = double.PositiveInfinity;
    private static readonly double[] Bounds = [0.1, 0.5, 1, Infinity];

    private readonly HistogramSeries _series = new(capacity: 4);

    [Fact]
    public void Observe_SecondSet_GivesTheIncreaseOfTheSet()
    {
        Send(0, 1, 2, 3, 4);
        Send(10, 2, 5, 7, 9);
        Assert.Equal(HistogramOutcome.Increase, _series.TryComplete());
        HistogramIncrease increase = Assert.Single(_series.Increases);
        Assert.Equal([1, 3, 4, 5], increase.CumulativeCounts);
        Assert.Equal(Bounds, increase.UpperBounds);
    }

    [Fact]
    public void Observe_AnyOrderOfBuckets_GivesTheSame()
    {
        Send(0, 1, 2, 3, 4);
        foreach (int i in (int[])[3, 0, 2, 1])
        {
            _series.Observe(At(10), Bounds[i], i + 10);
        }

        Assert.Equal(HistogramOutcome.Increase, _series.TryComplete());
        Assert.Equal([9, 9, 9, 9], _series.Increases.Single().CumulativeCounts);
    }

    [Fact]
    public void Observe_CountFell_TakesTheCountsAsIncrease()
    {
        Send(0, 10, 20, 30, 40);
        Send(10, 1, 2, 2, 2);
        Assert.Equal(HistogramOutcome.Reset, _series.TryComplete());
        Assert.Equal([1, 2, 2, 2], _series.Increases.Single().CumulativeCounts);
    }

    [Fact]
    public void Observe_OtherBounds_IsANewBaseline()
    {
        Send(0, 1, 2, 3, 4);
        _series.Observe(At(10), 0.25, 5);
        _series.Observe(At(10), Infinity, 9);
        Assert.Equal(HistogramOutcome.NewLayout, _series.Observe(At(20), 0.25, 6));
        Assert.Empty(_series.Increases);
        _series.Observe(At(20), Infinity, 12);
        Assert.Equal(HistogramOutcome.Increase, _series.TryComplete());
        Assert.Equal([1, 3], _series.Increases.Single().CumulativeCounts);
    }

    [Fact]
    public void Observe_WithoutInfinity_IsIncomplete()
    {
        _series.Observe(At(0), 0.1, 1);
        Assert.Equal(HistogramOutcome.Incomplete, _series.Observe(At(10), 0.1, 1));
    }

    [Fact]
    public void Observe_SetThatIsComplete_IsIgnored()
    {
        Send(0, 1, 2, 3, 4);
        Send(10, 2, 5, 7, 9);
        _series.TryComplete();
        Assert.Equal(HistogramOutcome.OutOfOrder, _series.Observe(At(10), 0.1, 2));
        Assert.Equal(HistogramOutcome.OutOfOrder, _series.Observe(At(5), 0.1, 2));
    }

    [Fact]
    public void Observe_CountsReadWhileTheyGrew_AreRaised()
    {
        Send(0, 0, 0, 0, 0);
        Send(10, 5, 4, 6, 6);
        _series.TryComplete();
        Assert.Equal([5, 5, 6, 6], _series.Increases.Single().CumulativeCounts);
    }

    [Fact]
    public void Observe_MoreBoundsThanAllowed_IsRefused()
    {
        for (int i = 0; i < HistogramSeries.MaxBounds; i++)
        {
            Assert.Equal(HistogramOutcome.Collected, _series.Observe(At(0), i, 1));
        }

        Assert.Equal(HistogramOutcome.TooManyBounds, _series.Observe(At(0), Infinity, 1));
    }

    [Fact]
    public void Sum_MoreThanCapacity_KeepsTheNewest()
    {
        for (int i = 0; i < 7; i++)
        {
            Send(i * 10, i, i, i, i);
        }

        _series.TryComplete();
        Assert.Equal(4, _series.Increases.Count);
        Assert.Equal(2, _series.Sum(At(40), At(60))!.Count);
        Assert.Null(_series.Sum(At(60), At(90)));
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 0.3)]
    [InlineData(0.75, 0.5)]
    [InlineData(0.9, 0.8)]
    [InlineData(1.0, 1.0)]
    public void Quantile_InnerRank_InterpolatesInItsBucket(double quantile, double expected) =>
        Assert.Equal(expected, new HistogramIncrease(At(0), Bounds, [5, 15, 20, 20]).Quantile(quantile), 12);

    [Fact]
    public void Quantile_InTheLastBucket_IsTheGreatestFiniteBound() =>
        Assert.Equal(1, new HistogramIncrease(At(0), Bounds, [1, 2, 3, 10]).Quantile(0.9));

    [Fact]
    public void Quantile_FirstBoundNotPositive_IsThatBound() =>
        Assert.Equal(-1, new HistogramIncrease(At(0), [-1, 1, Infinity], [5, 5, 5]).Quantile(0.5));

    [Fact]
    public void Quantile_NoObservation_IsNaN() =>
        Assert.Equal(double.NaN, new HistogramIncrease(At(0), Bounds, [0, 0, 0, 0]).Quantile(0.5));

    [Fact]
    public void ShareAtMost_OfAQuantile_IsItsRank() =>
        Gen.Select(Gen.Int[1, 20].Array[4], Gen.Double[0.01, 0.99]).Sample((counts, quantile) =>
        {
            double[] cumulative = [counts[0], counts[0] + counts[1], counts[0] + counts[1] + counts[2], counts.Sum()];
            HistogramIncrease increase = new(At(0), Bounds, cumulative);
            double bound = increase.Quantile(quantile);
            double share = cumulative[2] / cumulative[3];
            Assert.Equal(Math.Min(quantile, share), increase.ShareAtMost(bound), 9);
        });

    [Theory]
    [InlineData("+Inf", Infinity)]
    [InlineData("Inf", Infinity)]
    [InlineData("0.005", 0.005)]
    [InlineData("1e-3", 0.001)]
    [InlineData("-2", -2.0)]
    public void TryParseBound_ABound_IsRead(string text, double expected)
    {
        Assert.True(HistogramIncrease.TryParseBound(text, out double bound));
        Assert.Equal(expected, bound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("fast")]
    public void TryParseBound_NoBound_IsRefused(string text) => Assert.False(HistogramIncrease.TryParseBound(text, out _));

    private void Send(double seconds, params double[] totals)
    {
        for (int i = 0; i < totals.Length; i++)
        {
            _series.Observe(At(seconds), Bounds[i], totals[i]);
        }
    }

    private static Timestamp At(double seconds) => Timestamp.FromUnixSeconds(seconds);
}
