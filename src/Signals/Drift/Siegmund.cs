namespace Grainwatch.Signals.Drift;

/// <summary>How long a one-sided CUSUM of standard normal values runs before it gives a false alarm.</summary>
/// <remarks>
/// Siegmund, "Sequential Analysis" (1985): about (exp(2 k b) - 2 k b - 1) / (2 k^2) with b = h + 1.166, where k is the reference
/// value and h the level. Two sides at the same level run half as long.
/// </remarks>
public static class Siegmund
{
    private const double Overshoot = 1.166;
    private const double LevelMax = 200;

    /// <summary>Mean number of values until a false alarm.</summary>
    public static double AverageRunLength(double slack, double level)
    {
        double x = 2 * slack * (level + Overshoot);
        return (Math.Exp(x) - x - 1) / (2 * slack * slack);
    }

    /// <summary>The least level with at least that mean run length.</summary>
    public static double Level(double slack, double averageRunLength)
    {
        Invariant.Require(slack > 0);
        double low = 0;
        double high = LevelMax;
        for (int i = 0; i < 100 && high - low > 1e-12; i++)
        {
            double middle = (low + high) / 2;
            bool enough = AverageRunLength(slack, middle) >= averageRunLength;
            high = enough ? middle : high;
            low = enough ? low : middle;
        }

        return high;
    }
}
