namespace Grainwatch.Generator;

/// <summary>
/// Random numbers that depend on the seed alone, now and with any later runtime: SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
public sealed class Dice(ulong seed)
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private ulong _state = seed;

    /// <summary>A generator for one purpose: what it draws does not depend on how often others are asked.</summary>
    public static Dice For(ulong seed, string purpose)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in purpose)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return new Dice(seed ^ hash);
    }

    public ulong Next()
    {
        _state += Golden;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double from, double to) => from + ((to - from) * Unit());

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public bool Chance(double probability) => Unit() < probability;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Normal with mean 0 and deviation 1: the sum of twelve uniforms, exact arithmetic on every machine.</summary>
    public double Normal()
    {
        double sum = -6.0;
        for (int i = 0; i < 12; i++)
        {
            sum += Unit();
        }

        return sum;
    }
}
