namespace Grainwatch.Benchmarks.Load;

/// <summary>What the values of one metric look like: a level and its noise, rounded as such metrics arrive.</summary>
/// <param name="Name">Canonical name of the metric.</param>
/// <param name="Level">In the unit of the metric.</param>
/// <param name="Noise">Values lie from level - noise to level + noise, never below 0.</param>
/// <param name="Digits">After the point.</param>
internal sealed record SeriesShape(string Name, double Level, double Noise, int Digits)
{
    private const int RingLength = 4096;

    public static readonly SeriesShape[] OfComponent =
    [
        new("requests", 400, 40, 0), new("concurrency", 24, 3, 0), new("requests_running", 22, 3, 0), new("queue_depth", 0.4, 0.6, 0),
        new("kv_cache_usage", 0.55, 0.02, 3), new("preemptions", 0, 0, 0), new("generation_tokens_per_second", 900, 40, 1),
        new("latency.p50", 2.1, 0.05, 3), new("latency.p99", 6.4, 0.2, 3), new("ttft.p99", 0.8, 0.05, 3), new("errors_5xx", 0, 0, 0),
        new("errors_4xx", 1, 1, 0),
    ];

    public static readonly SeriesShape[] OfGpu =
    [
        new("gpu_utilization", 0.7, 0.05, 3), new("gpu_memory_usage", 0.8, 0.002, 3), new("gpu_temperature", 62, 1.5, 0),
        new("gpu_power", 280, 10, 1),
    ];

    private readonly double[] _ring = Ring(Level, Noise, Digits);

    /// <summary>The value of a series at a tick: the same whenever it is asked for, so that what was taken in can be checked.</summary>
    public double At(int series, long tick) => _ring[(uint)((series * 2_654_435_761L) + (tick * 40_503)) >> 7 & (RingLength - 1)];

    private static double[] Ring(double level, double noise, int digits)
    {
        Random random = new(RingLength);
        return [.. Enumerable.Range(0, RingLength)
            .Select(_ => Math.Max(0, Math.Round(level + (noise * ((2 * random.NextDouble()) - 1)), digits)))];
    }
}
