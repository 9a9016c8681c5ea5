using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Rehearsal;

/// <summary>
/// An hour of an endpoint that does not exist: two components with two GPUs each, all well until its last minute, in which one
/// component fills its cache, slows down, queues and fails; then one bucket in which all is well again.
/// </summary>
internal sealed class RehearsedEndpoint
{
    public const string Name = "rehearsal";
    private const int Buckets = 360;
    private const int BadBuckets = 6;

    /// <summary>What is well, and what is not.</summary>
    private static readonly (string Metric, double Well, double Bad)[] OfComponent =
    [
        ("requests", 400, 420), ("concurrency", 24, 60), ("requests_running", 22, 40), ("queue_depth", 1, 80), ("kv_cache_usage", 0.55, 0.997),
        ("preemptions", 0, 12), ("generation_tokens_per_second", 900, 300), ("latency.p99", 6.4, 40), ("ttft.p99", 0.8, 12), ("errors_5xx", 0, 60),
    ];

    private static readonly (string Metric, double Well, double Bad)[] OfGpu =
        [("gpu_utilization", 0.7, 0.99), ("gpu_memory_usage", 0.8, 0.99), ("gpu_temperature", 62, 84), ("gpu_power", 280, 400)];

    private static readonly Timestamp Beginning = Timestamp.Parse("2026-01-01T00:00:00Z");

    private readonly bool _isPlain;
    private readonly EndpointMonitor _monitor;
    private Timestamp _now = Beginning;

    /// <param name="webhook">Who is told.</param>
    /// <param name="isPlain">True: nothing but the cache goes bad, so that every known cause is looked for and none is found.</param>
    public RehearsedEndpoint(string webhook, bool isPlain)
    {
        _isPlain = isPlain;
        Rules = RuleFile.Parse(
            $$"""
            version: 1
            receivers:
              hook: { webhook: { url: "{{webhook}}", format: alertmanager } }
            routes:
              - match: { severity: page }
                receiver: hook
                groupWait: 0s
            groups:
              - name: rehearsal
                rules:
                  - id: first-bad-sample
                    scope: component
                    raise: last(kv_cache_usage) > 99%
                    for: 0s
                    keep: 0s
                    severity: page
                  - { id: kv-pressure, use: kv-pressure }
                  - { id: errors, use: errors }
                  - { id: latency-slo, use: latency-slo }
            """,
            "rehearsal",
            out IReadOnlyList<RuleError> errors);
        Invariant.Require(errors.Count == 0);
        _monitor = new EndpointMonitor(EntityId.ForEndpoint(Name), Rules, MonitorOptions.Default, VerdictEpoch.Single);
    }

    public RuleSet Rules { get; }

    public TopologyMap Topology => _monitor.Topology;

    /// <summary>The clock of this endpoint.</summary>
    public Timestamp Now => _now;

    /// <summary>Lives on to the end of the bad minute.</summary>
    public IReadOnlyList<Verdict> GoBad()
    {
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            Write(bucket, isBad: bucket >= Buckets - BadBuckets);
        }

        return _monitor.Judge(_now);
    }

    /// <summary>Lives on for one bucket.</summary>
    public IReadOnlyList<Verdict> GoWell()
    {
        Write(Buckets, isBad: false);
        return _monitor.Judge(_now);
    }

    public SeriesData[] Export() => [.. _monitor.Block.Export(Beginning, _now)];

    private void Write(int bucket, bool isBad)
    {
        foreach (string component in (string[])["one", "two"])
        {
            bool isIll = isBad && component == "one";
            Write(EntityId.ForComponent(Name, component), OfComponent, bucket, isIll);
            for (int gpu = 0; gpu < 2; gpu++)
            {
                Write(EntityId.ForGpu(Name, $"i-{component}", $"{gpu}"), OfGpu, bucket, isIll && gpu == 0);
            }
        }

        _now = Beginning + (_monitor.Block.Interval * (bucket + 1));
    }

    private void Write(EntityId entity, (string Metric, double Well, double Bad)[] metrics, int bucket, bool isBad)
    {
        Timestamp start = Beginning + (_monitor.Block.Interval * bucket);
        foreach ((string metric, double well, double bad) in metrics)
        {
            SeriesKey key = new(entity, MetricCatalogue.Default.Resolve(metric).Metric, LabelSet.Empty);

            // A little of a wave, so that spreads and correlations are not those of a constant.
            double wave = 1 + (0.01 * Math.Sin((bucket * 0.7) + metric.Length));
            _monitor.Write(_monitor.Column(key), start, (isBad && (!_isPlain || metric == "kv_cache_usage") ? bad : well) * wave, start + _monitor.Block.Interval);
        }
    }
}
