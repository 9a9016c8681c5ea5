using Grainwatch.Signals.Correlation.Deviations;

namespace Grainwatch.Signals.Tests.Correlation.Deviations;

public sealed class TailsTests
{
    [Theory]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(1, 0)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(1000, 5905.220423209181)]
    public void LogGamma_KnownValues_Agree(double x, double expected) => Assert.Equal(expected, Tails.LogGamma(x), 1e-7 * Math.Max(1, expected));

    [Theory]
    [InlineData(1.3010299957, 1.6448536)]
    [InlineData(3, 3.0902323)]
    [InlineData(9, 5.9978070)]
    public void ToZ_KnownQuantiles_Agree(double strength, double z) => Assert.Equal(z, Tails.ToZ(strength), 1e-3);

    [Fact]
    public void StudentToZ_FewPoints_WidensAndKeepsSign()
    {
        Assert.InRange(Tails.StudentToZ(10, 2), 2, 3.5);
        Assert.Equal(-Tails.StudentToZ(10, 2), Tails.StudentToZ(-10, 2));
        Assert.InRange(Tails.StudentToZ(3, 100_000), 2.99, 3.01);
        // P(T > 4.303) = .025 with two degrees of freedom: 1.96 on the normal scale.
        Assert.Equal(1.96, Tails.StudentToZ(4.303, 2), 0.1);
    }

    /// <summary>Against the plain sum of the probabilities over everything that is as extreme.</summary>
    [Theory]
    [InlineData(5, 1, 2.5, 10)]
    [InlineData(12, 3, 0.5, 4)]
    [InlineData(1, 1, 0.5, 101)]
    public void GammaPoisson_AgainstSummation_Agrees(int seen, double exposure, double shape, double rate)
    {
        double tail = 1;
        for (int k = 0; k < seen; k++)
        {
            tail -= Math.Exp(Tails.LogGamma(k + shape) - Tails.LogGamma(shape) - Tails.LogGamma(k + 1) + shape * Math.Log(rate / (rate + exposure)) + k * Math.Log(exposure / (rate + exposure)));
        }

        Assert.Equal(-Math.Log10(tail), Tails.GammaPoisson(seen, exposure, shape, rate), 1e-5);
    }

    [Fact]
    public void BetaBinomial_UniformPrior_IsUniform()
    {
        // With Beta(1, 1) each number of errors among nine requests has probability 1/10.
        Assert.Equal(-Math.Log10(0.3), Tails.BetaBinomial(7, 9, 1, 1), 1e-6);
    }

    [Fact]
    public void Strengths_Extreme_AreLimited()
    {
        Assert.Equal(Tails.MaxStrength, Tails.GammaPoisson(1e6, 1, 0.5, 1e4));
        Assert.Equal(Tails.MaxStrength, Tails.BetaBinomial(900, 1000, 0.5, 1e5));
        Assert.Equal(0, Tails.GammaPoisson(0, 1, 0.5, 10));
        Assert.Equal(0, Tails.BetaBinomial(0, 100, 0.5, 10));
    }

    [Fact]
    public void BetaBinomial_OneFailureOfThree_IsNoOutage() => Assert.InRange(Tails.ToZ(Tails.BetaBinomial(1, 3, 5.5, 1700)), 1, 3);
}
