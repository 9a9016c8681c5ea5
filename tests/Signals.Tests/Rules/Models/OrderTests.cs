using CsCheck;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Rules.Models;

/// <summary>Selection against sorting.</summary>
public sealed class OrderTests
{
    [Fact]
    public void Quantile_AnyValuesAndShare_IsThatOfTheSortedValues()
    {
        Gen<double> one = Gen.OneOf(Gen.Double[-1e6, 1e6], Gen.Int[0, 5].Select(i => (double)i), Gen.Const(double.PositiveInfinity));
        Gen.Select(one.Array[1, 400], Gen.Double[0, 1]).Sample((values, share) =>
        {
            double[] sorted = [.. values.Order()];
            double place = share * (sorted.Length - 1);
            int low = (int)place;
            int high = Math.Min(low + 1, sorted.Length - 1);
            double expected = sorted[low] + ((place - low) * (sorted[high] - sorted[low]));

            Assert.Equal(expected, Order.Quantile([.. values], share));
        });
    }

    [Fact]
    public void Median_ValuesThatDefeatThePivot_IsThatOfTheSortedValues()
    {
        // Organ pipes, rising, falling, equal: the shapes on which a bad choice of pivots is quadratic.
        double[][] shapes =
        [
            [.. Enumerable.Range(0, 1001).Select(i => (double)Math.Min(i, 1000 - i))],
            [.. Enumerable.Range(0, 1000).Select(i => (double)i)],
            [.. Enumerable.Range(0, 1000).Select(i => -(double)i)],
            [.. Enumerable.Repeat(3.0, 1000)],
        ];
        foreach (double[] shape in shapes)
        {
            double[] sorted = [.. shape.Order()];
            double expected = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

            Assert.Equal(expected, Order.Median([.. shape]));
        }
    }
}
