namespace Grainwatch.Signals.Correlation.Deviations;

/// <summary>
/// Tail probabilities of counts and rates, as strengths: -log10 of the probability of what was seen or more, limited to
/// <see cref="MaxStrength"/>, and their translation to the deviations of a normal distribution.
/// </summary>
/// <remarks>
/// A count is Poisson with a rate that is only known through the counts of the reference, so its predictive distribution
/// is the negative binomial (Gamma-Poisson); errors among requests are Beta-binomial (Gelman et al., Bayesian Data
/// Analysis, 3rd ed., 2.4 and 2.6). Both widen by themselves when the reference is short. The quantile of the normal is
/// Abramowitz and Stegun 26.2.23; Student's t is turned into a normal deviation by Wallace (1959).
/// </remarks>
internal static class Tails
{
    /// <summary>Nothing is stronger than this.</summary>
    public const double MaxStrength = 12.0;

    private const int MaxTerms = 20_000;

    /// <summary>
    /// Strength of <paramref name="seen"/> events in <paramref name="exposure"/> buckets, where all that is known of the rate
    /// is Gamma(<paramref name="shape"/>, <paramref name="rate"/>).
    /// </summary>
    public static double GammaPoisson(double seen, double exposure, double shape, double rate)
    {
        double k = Math.Round(seen);
        if (exposure <= 0 || k <= shape / rate * exposure)
        {
            return 0;
        }

        double fail = exposure / (rate + exposure);
        double term = Math.Exp(LogGamma(k + shape) - LogGamma(shape) - LogGamma(k + 1) + shape * Math.Log(rate / (rate + exposure)) + k * Math.Log(fail));
        double sum = 0;
        for (int n = 0; n < MaxTerms && term > sum * 1e-12; n++)
        {
            sum += term;
            term *= (k + shape) / (k + 1) * fail;
            k++;
        }

        return Strength(sum);
    }

    /// <summary>
    /// Strength of <paramref name="errors"/> among <paramref name="requests"/>, where all that is known of the rate is
    /// Beta(<paramref name="bad"/>, <paramref name="good"/>).
    /// </summary>
    public static double BetaBinomial(double errors, double requests, double bad, double good)
    {
        double n = Math.Round(requests);
        double k = Math.Min(Math.Round(errors), n);
        if (n <= 0 || k <= 0 || k <= n * bad / (bad + good))
        {
            return 0;
        }

        double term = Math.Exp(
            LogGamma(n + 1) - LogGamma(k + 1) - LogGamma(n - k + 1)
            + LogGamma(k + bad) + LogGamma(n - k + good) - LogGamma(n + bad + good)
            + LogGamma(bad + good) - LogGamma(bad) - LogGamma(good));
        double sum = 0;
        for (int terms = 0; k <= n && terms < MaxTerms && term > sum * 1e-12; k++, terms++)
        {
            sum += term;
            term *= (n - k) / (k + 1) * (k + bad) / (n - k - 1 + good);
        }

        return Strength(sum);
    }

    /// <summary>The normal deviation that is exceeded with probability 10^-strength; 0 for a strength of .3 or less.</summary>
    public static double ToZ(double strength)
    {
        if (strength <= 0.30103)
        {
            return 0;
        }

        double t = Math.Sqrt(2 * strength * Math.Log(10));
        return Math.Max(0, t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    }

    /// <summary>The normal deviation that is as rare as Student's <paramref name="t"/> with so many degrees of freedom; keeps the sign.</summary>
    public static double StudentToZ(double t, double freedom)
    {
        double v = Math.Max(1, freedom);
        return Math.CopySign((8 * v + 1) / (8 * v + 3) * Math.Sqrt(v * Math.Log(1 + t * t / v)), t);
    }

    /// <summary>Logarithm of the gamma function of a positive number, by Lanczos (g = 5, six terms; error below 2e-10).</summary>
    public static double LogGamma(double x)
    {
        double shifted = x + 5.5;
        shifted -= (x + 0.5) * Math.Log(shifted);
        double series = 1.000000000190015;
        series += 76.18009172947146 / (x + 1);
        series -= 86.50532032941677 / (x + 2);
        series += 24.01409824083091 / (x + 3);
        series -= 1.231739572450155 / (x + 4);
        series += 0.1208650973866179e-2 / (x + 5);
        series -= 0.5395239384953e-5 / (x + 6);
        return -shifted + Math.Log(2.5066282746310005 * series / x);
    }

    private static double Strength(double probability) =>
        probability <= 0 ? MaxStrength : Math.Clamp(-Math.Log10(probability), 0, MaxStrength);
}
