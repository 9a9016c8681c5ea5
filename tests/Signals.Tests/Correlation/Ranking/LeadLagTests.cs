using Grainwatch.Signals.Correlation.Ranking;

namespace Grainwatch.Signals.Tests.Correlation.Ranking;

public sealed class LeadLagTests
{
    private const int Points = 600;

    [Fact]
    public void Of_CopyThatLeads_IsFoundWithItsLead()
    {
        Random random = new(5);
        double[] candidate = Slow(random, Points + 10);
        double[] target = [.. Enumerable.Range(0, Points).Select(i => candidate[i + 4] + 0.1 * random.NextDouble())];

        LeadLag.Result? result = LeadLag.Of(target, [candidate[10..]], 10_000)[0];

        // target[i] = candidate[i + 4] and the candidate starts at 10: it shows the same 6 buckets earlier.
        Assert.NotNull(result);
        Assert.Equal(60_000, result.Value.LeadMs);
        Assert.True(result.Value.Correlation > 0.8);
    }

    [Fact]
    public void Of_IndependentSlowSeries_AreMostlyNotFound()
    {
        int found = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            LeadLag.Result?[] results = LeadLag.Of(Slow(random, Points), [.. Enumerable.Range(0, 5).Select(_ => Slow(random, Points))], 10_000);
            found += results.Any(r => r is not null) ? 1 : 0;
        }

        Assert.InRange(found, 0, 5);
    }

    [Fact]
    public void Of_MoreThanTheLimit_LooksAtTheFirstOnly()
    {
        Random random = new(9);
        double[] target = Slow(random, Points);
        double[]?[] candidates = [.. Enumerable.Range(0, 20).Select(_ => target)];

        LeadLag.Result?[] results = LeadLag.Of(target, candidates, 10_000);

        Assert.All(results[..LeadLag.MaxCandidates], r => Assert.NotNull(r));
        Assert.All(results[LeadLag.MaxCandidates..], r => Assert.Null(r));
    }

    private static double[] Slow(Random random, int n)
    {
        double[] x = new double[n];
        for (int i = 1; i < n; i++)
        {
            x[i] = 0.9 * x[i - 1] + random.NextDouble() + random.NextDouble() - 1;
        }

        return x;
    }
}
