using CsCheck;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

public sealed class IntervalEstimatorTests
{
    private readonly IntervalEstimator _estimator = new();

    [Fact]
    public void Estimate_OnePoint_IsUnknown()
    {
        _estimator.Observe(new Timestamp(0));
        Assert.Null(_estimator.Estimate);
    }

    [Fact]
    public void Estimate_OneLongGap_DoesNotMoveIt()
    {
        foreach (long seconds in (long[])[0, 10, 20, 30, 3000, 3010, 3020])
        {
            _estimator.Observe(new Timestamp(seconds * 1000));
        }

        Assert.Equal(TimeSpan.FromSeconds(10), _estimator.Estimate);
    }

    [Fact]
    public void Observe_LateAndRepeatedTimes_AreIgnored()
    {
        foreach (long seconds in (long[])[0, 10, 10, 5, 20, 1, 30])
        {
            _estimator.Observe(new Timestamp(seconds * 1000));
        }

        Assert.Equal(TimeSpan.FromSeconds(10), _estimator.Estimate);
    }

    [Fact]
    public void Estimate_AnyTimes_IsTheLowerMedianOfTheLastTwenty() => Gen.Int[1, 100_000].Array[1, 80].Sample(spacings =>
    {
        IntervalEstimator estimator = new();
        List<long> times = [7];
        estimator.Observe(new Timestamp(7));
        foreach (int spacing in spacings)
        {
            times.Add(times[^1] + spacing);
            estimator.Observe(new Timestamp(times[^1]));
        }

        int[] last = [.. spacings.TakeLast(IntervalEstimator.Spacings).Order()];
        TimeSpan expected = TimeSpan.FromMilliseconds(last[(last.Length - 1) / 2]);
        Assert.Equal((expected, expected), (estimator.Estimate, IntervalEstimator.MedianSpacing([.. times])));
    });
}
