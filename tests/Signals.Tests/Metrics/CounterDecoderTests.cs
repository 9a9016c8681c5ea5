using CsCheck;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Tests.Metrics;

public sealed class CounterDecoderTests
{
    private readonly CounterDecoder _decoder = new();

    [Fact]
    public void Decode_FirstPoint_IsBaselineWithoutIncrease() => Expect(0, 1000, CounterOutcome.Baseline, 0);

    [Fact]
    public void Decode_Growth_IsTheDifference()
    {
        Expect(0, 1000, CounterOutcome.Baseline, 0);
        Expect(10, 1007, CounterOutcome.Increase, 7);
        Expect(20, 1007, CounterOutcome.Increase, 0);
    }

    [Fact]
    public void Decode_Fall_CountsTheNewValueAsPrometheusDoes()
    {
        Expect(0, 1000, CounterOutcome.Baseline, 0);
        Expect(10, 4, CounterOutcome.Reset, 4);
        Expect(20, 9, CounterOutcome.Increase, 5);
    }

    [Fact]
    public void Decode_SamePointAgain_IsDuplicate()
    {
        Expect(0, 1000, CounterOutcome.Baseline, 0);
        Expect(10, 1007, CounterOutcome.Increase, 7);
        Expect(10, 1007, CounterOutcome.Duplicate, 0);
        Expect(20, 1010, CounterOutcome.Increase, 3);
    }

    [Fact]
    public void Decode_NewestPointCorrected_GivesItsIncreaseAnew()
    {
        Expect(0, 1000, CounterOutcome.Baseline, 0);
        Expect(10, 1007, CounterOutcome.Increase, 7);
        Expect(10, 1009, CounterOutcome.Corrected, 9);
        Expect(20, 1010, CounterOutcome.Increase, 1);
    }

    [Fact]
    public void Decode_OlderPoint_ChangesNothing()
    {
        Expect(0, 1000, CounterOutcome.Baseline, 0);
        Expect(20, 1007, CounterOutcome.Increase, 7);
        Expect(10, 1003, CounterOutcome.OutOfOrder, 0);
        Expect(30, 1008, CounterOutcome.Increase, 1);
    }

    [Fact]
    public void Decode_AfterLongSilence_IsANewBaseline()
    {
        Expect(0, 1000, CounterOutcome.Baseline, 0);
        Expect(300, 2000, CounterOutcome.Increase, 1000);
        Expect(601, 9000, CounterOutcome.BaselineAfterGap, 0);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Decode_NotFinite_IsRefused(double total) => Expect(0, total, CounterOutcome.NotFinite, 0);

    [Fact]
    public void Decode_LargeTotals_LoseNothing()
    {
        Expect(0, 9e15, CounterOutcome.Baseline, 0);
        Expect(10, 9e15 + 3, CounterOutcome.Increase, 3);
    }

    [Fact]
    public void Decode_AnySequence_IncreasesAddUpToWhatWasCounted() =>
        Gen.Int[0, 50].Array[1, 60].Sample(steps =>
        {
            CounterDecoder decoder = new();
            decoder.Decode(new Timestamp(0), 0, out _);
            double total = 0;
            double counted = 0;
            double decoded = 0;
            for (int i = 0; i < steps.Length; i++)
            {
                // A step of 0 stands for a restart, after which three things are counted.
                total = steps[i] == 0 ? 3 : total + steps[i];
                counted += steps[i] == 0 ? 3 : steps[i];
                decoder.Decode(new Timestamp((i + 1) * 10_000), total, out double increase);
                decoded += increase;
            }

            // A restart that is not seen as a fall (3 after less) can only lose what was counted before it.
            Assert.True(decoded <= counted && decoded >= counted - (3 * steps.Count(s => s == 0)));
        });

    private void Expect(double seconds, double total, CounterOutcome outcome, double increase)
    {
        Assert.Equal(outcome, _decoder.Decode(Timestamp.FromUnixSeconds(seconds), total, out double actual));
        Assert.Equal(increase, actual);
    }
}
