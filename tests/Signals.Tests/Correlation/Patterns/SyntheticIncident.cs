using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Correlation.Patterns;

/// <summary>
/// A healthy endpoint of two components on four GPUs, sampled every ten seconds for 100 minutes, into which a test writes
/// its incident. Seeded: equal seeds give equal series.
/// </summary>
internal sealed class SyntheticIncident
{
    public const int Points = 600;
    public const int IntervalSeconds = 10;

    /// <summary>The incident begins here, unless a test says otherwise.</summary>
    public const int OnsetSeconds = 5000;

    public static readonly Timestamp Start = new(1_760_000_000_000);
    public static readonly EntityId Endpoint = EntityId.ForEndpoint("chat");
    public static readonly EntityId Assist = EntityId.ForComponent("chat", "assist");
    public static readonly EntityId Search = EntityId.ForComponent("chat", "search");
    public static readonly EntityId Instance = EntityId.ForInstance("chat", "i-0abc");

    private readonly Dictionary<(EntityId, string), double[]> _values = [];
    private readonly Dictionary<(EntityId, string), List<(int Second, double Value)>> _events = [];
    private readonly HashSet<(EntityId, string, int)> _missing = [];
    private readonly Random _random;

    public SyntheticIncident(int seed = 1)
    {
        _random = new Random(seed);
        foreach (EntityId component in new[] { Assist, Search })
        {
            AddComponent(component);
        }

        for (int g = 0; g < 4; g++)
        {
            AddGpu(Gpu(g));
        }

        Noise(Instance, "memory_usage", 0.55, 0.005);
        Noise(Instance, "cpu_utilization", 0.3, 0.03);
    }

    public static TopologyMap Topology { get; } = MakeTopology();

    public static EntityId Gpu(int index) => EntityId.ForGpu("chat", "i-0abc", index.ToString());

    public static EntityId Copy(int index) => EntityId.ForCopy("chat", "assist", index.ToString());

    public static Timestamp At(int second) => Start + TimeSpan.FromSeconds(second);

    /// <summary>Rewrites the values from a second on: (seconds since then, value so far) to the new value.</summary>
    public SyntheticIncident From(int second, EntityId entity, string metric, Func<double, double, double> change)
    {
        double[] values = _values[(entity, metric)];
        for (int i = (second + IntervalSeconds - 1) / IntervalSeconds; i < Points; i++)
        {
            values[i] = change(i * IntervalSeconds - second, values[i]);
        }

        return this;
    }

    /// <summary>From the onset plus a delay, the level is another, with the noise it had.</summary>
    public SyntheticIncident Level(EntityId entity, string metric, double level, int delay = 0)
    {
        double[] values = _values[(entity, metric)];
        double before = values.Take(300).Average();
        return From(OnsetSeconds + delay, entity, metric, (_, old) => before == 0 ? level : Math.Max(0, level + (old - before) * Math.Min(1, level / before)));
    }

    public SyntheticIncident Times(EntityId entity, string metric, double factor, int delay = 0) =>
        From(OnsetSeconds + delay, entity, metric, (_, old) => old * factor);

    public SyntheticIncident Event(EntityId entity, string metric, int second, double value = 1)
    {
        if (!_events.TryGetValue((entity, metric), out List<(int, double)>? events))
        {
            _events.Add((entity, metric), events = []);
        }

        events.Add((second, value));
        return this;
    }

    /// <summary>Drops points from a second on, all or a share of them.</summary>
    public SyntheticIncident Silence(int second, EntityId entity, string metric, double share = 1)
    {
        for (int i = second / IntervalSeconds; i < Points; i++)
        {
            if (_random.NextDouble() < share)
            {
                _missing.Add((entity, metric, i));
            }
        }

        return this;
    }

    public SyntheticIncident Without(EntityId entity, params string[] metrics)
    {
        foreach (string metric in metrics)
        {
            _values.Remove((entity, metric));
        }

        return this;
    }

    public void Noise(EntityId entity, string metric, double level, double spread, double max = double.MaxValue)
    {
        double[] values = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            values[i] = Math.Clamp(level + spread * Normal(), 0, max);
        }

        _values[(entity, metric)] = values;
    }

    /// <param name="untilSecond">Points after it are not there yet.</param>
    /// <param name="every">Only every so many-th point: a slower source.</param>
    public IReadOnlyList<SeriesData> Series(int untilSecond = Points * IntervalSeconds, int every = 1)
    {
        int count = Math.Min(Points, untilSecond / IntervalSeconds + 1);
        IEnumerable<SeriesData> levels = _values.Select(s =>
        {
            int[] kept = [.. Enumerable.Range(0, count).Where(i => i % every == 0 && !_missing.Contains((s.Key.Item1, s.Key.Item2, i)))];
            return new SeriesData(Key(s.Key), [.. kept.Select(i => At(i * IntervalSeconds).UnixMs)], [.. kept.Select(i => s.Value[i])]);
        });
        IEnumerable<SeriesData> events = _events.Select(s => new SeriesData(
            Key(s.Key),
            [.. s.Value.OrderBy(e => e.Second).Select(e => At(e.Second).UnixMs)],
            [.. s.Value.OrderBy(e => e.Second).Select(e => e.Value)]));
        return [.. levels.Concat(events)];
    }

    /// <summary>Asks three minutes after the onset, with eight more minutes of data, unless told otherwise.</summary>
    public Diagnosis? Diagnose(EntityId? target = null, string? metric = null, int atSecond = OnsetSeconds + 180, int more = 480, int every = 1) =>
        Correlator.Diagnose(Ask(target, metric, atSecond, more, every));

    public DiagnosisRequest Ask(EntityId? target = null, string? metric = null, int atSecond = OnsetSeconds + 180, int more = 480, int every = 1, params Verdict[] verdicts) =>
        new(
            Topology, Series(atSecond + more, every), target ?? Assist, metric is null ? null : MetricCatalogue.Default.Resolve(metric).Metric, At(atSecond), verdicts, 10, CorrelatorOptions.Default);

    private void AddComponent(EntityId component)
    {
        Counts(component, "requests", 40);
        Noise(component, "concurrency", 9, 1);
        Noise(component, "requests_running", 8, 0.8);
        Counts(component, "queue_depth", 0.2);
        Noise(component, "kv_cache_usage", 0.55, 0.03, 1);
        Noise(component, "preemptions", 0, 0);
        Noise(component, "generation_tokens_per_second", 750, 35);
        Noise(component, "latency.p99", 2.0, 0.12);
        Noise(component, "ttft", 0.3, 0.02);
        Noise(component, "inter_token_latency", 0.03, 0.002);
        Noise(component, "output_tokens_per_answer", 220, 10);
        Noise(component, "prompt_tokens_per_request", 500, 25);
        Noise(component, "errors_5xx", 0, 0);
        Noise(component, "errors_model", 0, 0);
        Noise(component, "memory_usage", 0.6, 0.005, 1);
        foreach ((string dimension, double level) in new[] { ("relevance", 0.86), ("groundedness", 0.82), ("integrity", 0.97), ("repetition", 0.98), ("safety", 0.99), ("json", 0.97), ("completeness", 0.8), ("composite", 0.87) })
        {
            Noise(component, dimension, level, 0.01, 1);
        }

        if (component == Assist)
        {
            for (int k = 0; k < 2; k++)
            {
                Noise(Copy(k), "concurrency", 4.5, 0.5);
                Noise(Copy(k), "latency.average", 1.2, 0.06);
            }
        }
    }

    private void AddGpu(EntityId gpu)
    {
        Noise(gpu, "gpu_utilization", 0.7, 0.04, 1);
        Noise(gpu, "gpu_memory_usage", 0.78, 0.003, 1);
        Noise(gpu, "gpu_temperature", 62, 1);
        Noise(gpu, "gpu_clock", 1.41e9, 5e6);
        Noise(gpu, "gpu_clock_throttle", 0, 0);
        Noise(gpu, "ecc_uncorrectable", 0, 0);
    }

    private void Counts(EntityId entity, string metric, double rate)
    {
        double[] values = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            // Knuth's method: the rates here are small.
            double limit = Math.Exp(-rate);
            double product = _random.NextDouble();
            while (product > limit)
            {
                values[i]++;
                product *= _random.NextDouble();
            }
        }

        _values[(entity, metric)] = values;
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static SeriesKey Key((EntityId Entity, string Metric) key) => new(key.Entity, MetricCatalogue.Default.Resolve(key.Metric).Metric);

    private static TopologyMap MakeTopology()
    {
        EntityId[] gpus = [.. Enumerable.Range(0, 4).Select(Gpu)];
        return new TopologyMap(
            [
                new EndpointTopology(
                    Endpoint, null, "ml.g5.12xlarge", [new InstanceTopology(Instance, gpus)],
                    [
                        new ComponentTopology(Assist, [new ComponentCopy(Copy(0), Instance, [gpus[0]]), new ComponentCopy(Copy(1), Instance, [gpus[1]])], 1),
                        new ComponentTopology(Search, [new ComponentCopy(EntityId.ForCopy("chat", "search", "0"), Instance, [gpus[2], gpus[3]])], 2),
                    ]),
            ],
            [],
            []);
    }
}
