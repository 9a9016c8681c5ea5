using CsCheck;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Tests.Metrics;

public sealed class PartAggregateTests
{
    [Theory]
    [InlineData(MetricKind.Counter, MetricUnit.Count, 12.0)]
    [InlineData(MetricKind.Gauge, MetricUnit.Count, 12.0)]
    [InlineData(MetricKind.Gauge, MetricUnit.PerSecond, 12.0)]
    [InlineData(MetricKind.Gauge, MetricUnit.Ratio, 6.0)]
    [InlineData(MetricKind.Gauge, MetricUnit.Celsius, 6.0)]
    public void Put_TwoParts_AddsThingsAndAveragesShares(MetricKind kind, MetricUnit unit, double expected)
    {
        PartAggregate aggregate = new(kind, unit);
        aggregate.Put("engine=0", new Timestamp(0), 8, out double first);
        aggregate.Put("engine=1", new Timestamp(0), 4, out double both);
        Assert.Equal((8, expected), (first, both));
    }

    [Fact]
    public void Put_SamePartAgain_ReplacesItself()
    {
        PartAggregate aggregate = new(MetricKind.Counter, MetricUnit.Count);
        aggregate.Put("a", new Timestamp(0), 8, out _);
        Assert.Equal(PartOutcome.Unchanged, aggregate.Put("a", new Timestamp(0), 8, out double again));
        Assert.Equal(PartOutcome.Updated, aggregate.Put("a", new Timestamp(0), 9, out double corrected));
        Assert.Equal((8, 9), (again, corrected));
    }

    [Fact]
    public void Put_OlderThanTheInstantsKept_IsRefused()
    {
        PartAggregate aggregate = new(MetricKind.Counter, MetricUnit.Count);
        for (int i = 1; i <= PartAggregate.Instants; i++)
        {
            aggregate.Put("a", new Timestamp(i * 10), i, out _);
        }

        Assert.Equal(PartOutcome.TooOld, aggregate.Put("b", new Timestamp(5), 1, out _));
        Assert.Equal(PartOutcome.Updated, aggregate.Put("b", new Timestamp(10), 7, out double late));
        Assert.Equal(8, late);
    }

    [Fact]
    public void Put_MorePartsThanAllowed_IsRefused()
    {
        PartAggregate aggregate = new(MetricKind.Counter, MetricUnit.Count);
        for (int i = 0; i < PartAggregate.MaxParts; i++)
        {
            aggregate.Put($"{i}", new Timestamp(0), 1, out _);
        }

        Assert.Equal(PartOutcome.TooManyParts, aggregate.Put("one more", new Timestamp(0), 1, out _));
    }

    [Fact]
    public void Put_AnyOrder_EndsInTheSameBits() =>
        Gen.Shuffle(Enumerable.Range(0, 12).ToArray()).Sample(order =>
        {
            PartAggregate sorted = new(MetricKind.Gauge, MetricUnit.Ratio);
            PartAggregate shuffled = new(MetricKind.Gauge, MetricUnit.Ratio);
            double expected = 0;
            double actual = 0;
            for (int i = 0; i < order.Length; i++)
            {
                sorted.Put($"{i}", new Timestamp(0), 0.1 * i / 3, out expected);
                shuffled.Put($"{order[i]}", new Timestamp(0), 0.1 * order[i] / 3, out actual);
            }

            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
        });
}
