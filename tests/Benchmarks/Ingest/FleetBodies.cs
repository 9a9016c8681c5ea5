using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Benchmarks.Ingest;

/// <summary>
/// Remote-write bodies of a fleet, made beforehand: E endpoints x 2 components x (12 series + 8 GPUs x 4 series), 88 series
/// an endpoint, one point each 10 s. Values walk within bounds and are rounded as such metrics arrive.
/// </summary>
/// <param name="endpoints">E.</param>
/// <param name="isScattered">True: the series of a tick are shuffled anew for each tick, as a sender with many threads does.</param>
/// <param name="seed">Of the walk and of the shuffle.</param>
internal sealed class FleetBodies(int endpoints, bool isScattered, int seed)
{
    public const int SeriesOfEndpoint = 2 * (12 + (8 * 4));
    private const int SeriesOfRequest = 8_800;

    private static readonly (string Name, double Level, double Noise, int Digits)[] OfComponent =
    [
        ("requests", 400, 40, 0), ("concurrency", 24, 3, 0), ("requests_running", 22, 3, 0), ("queue_depth", 0.4, 0.6, 0),
        ("kv_cache_usage", 0.55, 0.02, 3), ("preemptions", 0, 0, 0), ("generation_tokens_per_second", 900, 40, 1),
        ("latency.p50", 2.1, 0.05, 3), ("latency.p99", 6.4, 0.2, 3), ("ttft.p99", 0.8, 0.05, 3), ("errors_5xx", 0, 0, 0),
        ("errors_4xx", 1, 1, 0),
    ];

    private static readonly (string Name, double Level, double Noise, int Digits)[] OfGpu =
    [
        ("gpu_utilization", 0.7, 0.05, 3), ("gpu_memory_usage", 0.8, 0.002, 3), ("gpu_temperature", 62, 1.5, 0), ("gpu_power", 280, 10, 1),
    ];

    private readonly Random _random = new(seed);
    private readonly List<(Pb Labels, double Level, double Noise, int Digits)> _series = Series(endpoints);

    /// <summary>The requests of one tick, compressed.</summary>
    public IReadOnlyList<byte[]> Tick(long timeUnixMs)
    {
        int[] order = [.. Enumerable.Range(0, _series.Count)];
        if (isScattered)
        {
            _random.Shuffle(order);
        }

        List<byte[]> bodies = [];
        foreach (int[] part in order.Chunk(SeriesOfRequest))
        {
            RemoteWriteBody body = new();
            foreach (int index in part)
            {
                (Pb labels, double level, double noise, int digits) = _series[index];
                double value = Math.Max(0, Math.Round(level + (noise * ((2 * _random.NextDouble()) - 1)), digits));
                body.Add(labels, (timeUnixMs, value));
            }

            bodies.Add(body.Compressed());
        }

        return bodies;
    }

    /// <summary>The same series by entity, for what is measured without a door.</summary>
    public static IEnumerable<(EntityId Entity, string Metric, double Level, double Noise, int Digits)> SeriesOf(string endpoint)
    {
        for (int c = 0; c < 2; c++)
        {
            EntityId component = EntityId.ForComponent(endpoint, $"model-{c}");
            foreach ((string name, double level, double noise, int digits) in OfComponent)
            {
                yield return (component, name, level, noise, digits);
            }

            for (int g = 8 * c; g < 8 * (c + 1); g++)
            {
                foreach ((string name, double level, double noise, int digits) in OfGpu)
                {
                    yield return (EntityId.ForGpu(endpoint, "i-0", $"{g}"), name, level, noise, digits);
                }
            }
        }
    }

    private static List<(Pb Labels, double Level, double Noise, int Digits)> Series(int endpoints)
    {
        List<(Pb, double, double, int)> series = [];
        for (int e = 0; e < endpoints; e++)
        {
            for (int c = 0; c < 2; c++)
            {
                foreach ((string name, double level, double noise, int digits) in OfComponent)
                {
                    series.Add((Labels(("__name__", name), ("component", $"model-{c}"), ("endpoint", $"fleet-{e:0000}")), level, noise, digits));
                }

                for (int g = 8 * c; g < 8 * (c + 1); g++)
                {
                    foreach ((string name, double level, double noise, int digits) in OfGpu)
                    {
                        series.Add((Labels(("__name__", name), ("endpoint", $"fleet-{e:0000}"), ("gpu", $"{g}"), ("instance_id", "i-0")), level, noise, digits));
                    }
                }
            }
        }

        return series;
    }

    private static Pb Labels(params (string Name, string Value)[] labels) =>
        RemoteWriteBody.Labels(labels.Select(l => KeyValuePair.Create(l.Name, l.Value)));
}
