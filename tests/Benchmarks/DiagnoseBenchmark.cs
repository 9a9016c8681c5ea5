using BenchmarkDotNet.Attributes;
using Grainwatch.Signals;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Benchmarks;

/// <summary>One diagnosis of an endpoint with 88 series and an hour of ten-second points, in an incident and without one.</summary>
[MemoryDiagnoser]
public class DiagnoseBenchmark
{
    private const int Points = 360;
    private const int OnsetPoint = 320;
    private static readonly Timestamp Start = new(1_760_000_000_000);

    private DiagnosisRequest _incident = null!;
    private DiagnosisRequest _healthy = null!;

    [GlobalSetup]
    public void Setup()
    {
        _incident = Request(true);
        _healthy = Request(false);
    }

    [Benchmark(Baseline = true)]
    public Diagnosis? Healthy() => Correlator.Diagnose(_healthy);

    [Benchmark]
    public Diagnosis? Saturated() => Correlator.Diagnose(_incident);

    /// <summary>2 components of 24 series and 8 GPUs of 5: 88.</summary>
    internal static DiagnosisRequest Request(bool incident)
    {
        TopologyMap topology = TopologyReader.Read("""
            {"endpoints":[{"name":"chat","instances":[{"id":"i-0","gpus":8}],"components":[{"name":"assist"},{"name":"search"}]}]}
            """u8.ToArray());
        string[] ofComponent =
        [
            "requests", "concurrency", "requests_running", "queue_depth", "kv_cache_usage", "preemptions", "generation_tokens_per_second",
            "prompt_tokens_per_second", "latency.p50", "latency.p99", "ttft", "inter_token_latency", "output_tokens_per_answer",
            "prompt_tokens_per_request", "errors_5xx", "errors_4xx", "memory_usage", "cpu_utilization", "relevance", "groundedness",
            "integrity", "safety", "json", "composite",
        ];
        string[] ofGpu = ["gpu_utilization", "gpu_memory_usage", "gpu_temperature", "gpu_power", "ecc_uncorrectable"];
        Random random = new(7);
        List<SeriesData> series = [];
        foreach (string component in new[] { "assist", "search" })
        {
            series.AddRange(ofComponent.Select(m => Series(EntityId.ForComponent("chat", component), m, random, incident && component == "assist")));
        }

        for (int g = 0; g < 8; g++)
        {
            EntityId gpu = EntityId.ForGpu("chat", "i-0", g.ToString());
            series.AddRange(ofGpu.Select(m => Series(gpu, m, random, false)));
        }

        return new DiagnosisRequest(
            topology, series, EntityId.ForComponent("chat", "assist"), MetricName.Of("latency", "p99"), Start + TimeSpan.FromSeconds(10 * (OnsetPoint + 12)), [], 5, CorrelatorOptions.Default);
    }

    private static SeriesData Series(EntityId entity, string metric, Random random, bool incident)
    {
        ResolvedMetric resolved = MetricCatalogue.Default.Resolve(metric);
        (double level, double noise, double after) = metric switch
        {
            "kv_cache_usage" => (0.6, 0.03, 0.99),
            "queue_depth" => (0.3, 0.4, 25),
            "latency.p99" or "latency.p50" => (2.0, 0.1, 6),
            "requests" => (40, 6, 40),
            "errors_5xx" or "errors_4xx" or "preemptions" or "ecc_uncorrectable" => (0, 0, 0),
            _ when resolved.Definition?.Unit is MetricUnit.Ratio or MetricUnit.Score => (0.85, 0.02, 0.85),
            _ => (100, 6, 100),
        };
        long[] times = [.. Enumerable.Range(0, Points).Select(i => Start.UnixMs + i * 10_000L)];
        double[] values = [.. Enumerable.Range(0, Points).Select(i => Math.Max(0, (incident && i >= OnsetPoint ? after : level) + noise * (random.NextDouble() + random.NextDouble() - 1)))];
        return new SeriesData(new SeriesKey(entity, resolved.Metric), times, values);
    }
}
