using CsCheck;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Rules.Models;

/// <summary>Sums in lanes against a loop over whole numbers, which every order of adding gives alike.</summary>
public sealed class SumsTests
{
    [Fact]
    public void OfAndProduct_WholeNumbers_AreThoseOfALoop()
    {
        Gen<double[]> pairs = Gen.Int[-1000, 1000].Select(i => (double)i).Array[0, 40];
        pairs.Sample(values =>
        {
            double[] other = [.. values.Reverse()];
            double sum = 0, product = 0;
            for (int i = 0; i < values.Length; i++)
            {
                sum += values[i];
                product += values[i] * other[i];
            }

            Assert.Equal(sum, Sums.Of(values));
            Assert.Equal(product, Sums.Product(values, other));
        });
    }
}
