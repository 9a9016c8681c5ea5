using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Correlation.Patterns;

/// <summary>
/// Incidents as public reports tell them, with only the series that the report names, a topology without placement, half an
/// hour of history, names as the sources write them, and scores that are means of a few answers.
/// </summary>
public sealed class BareIncidentTests(ITestOutputHelper output)
{
    /// <summary>More seeds by GRAINWATCH_TEST_STEPS; of 40 all pass.</summary>
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? Math.Clamp(steps / 25, 2, 40) : 2;

    private const int Onset = 1800;
    private const int End = 3000;
    private static readonly Timestamp Start = new(1_750_000_000_000);

    [Fact]
    public void KvRetractionCollapse() => Expect(["saturation"], ["llm/m:kv_cache_usage"], r => r
        .Step("llm/m", "sglang:token_usage", 0.7, 0.05, 1.0, 0, 1).Step("llm/m", "sglang:num_queue_reqs", 0, 0, 3, 20)
        .Step("llm/m", "sglang:num_retracted_reqs", 0, 0, 2, 40).Step("llm/m", "sglang:gen_throughput", 429, 20, 30, 50)
        .Flat("llm/m", "Invocations", 12, 3).Score("llm/m", "relevance", 0.9).Score("llm/m", "integrity", 0.98));

    [Fact]
    public void KvFullQueueGrowth() => Expect(["saturation"], ["llm/m:kv_cache_usage"], r => r
        .Step("llm/m", "vllm:kv_cache_usage_perc", 0.985, 0.006, 0.98, 0, 1).Ramp("llm/m", "vllm:num_requests_waiting", 0, 18, 1.4)
        .Flat("llm/m", "vllm:num_requests_running", 34, 0.7).Step("llm/m", "GenerationTokensPerSecond", 757, 10, 715, 0)
        .Step("llm/m", "PromptTokensPerSecond", 200, 30, 0, 0).Flat("llm", "Invocations", 20, 4).Score("llm/m", "integrity", 0.98));

    [Fact]
    public void TpotCliff() => Expect(["saturation"], ["llm/m:kv_cache_usage"], r => r
        .Step("llm/m", "KVCacheUtilization", 79.4, 1.5, 98.9, 0, 100).Step("llm/m", "TimePerOutputToken", 107, 3, 440, 20)
        .Step("llm/m", "NumRequestsWaiting", 0, 0, 4, 240).Step("llm", "ConcurrentRequestsPerModel", 6, 0.3, 8, 0).Score("llm/m", "relevance", 0.9));

    [Fact]
    public void PreemptionSwap() => Expect(["saturation"], ["llm/m:preemptions"], r => r
        .Step("llm/m", "vllm:gpu_cache_usage_perc", 0.91, 0.01, 1.0, 0, 1).Step("llm/m", "Preemptions", 0, 0, 5, 0)
        .Flat("llm/i-0/0", "GPUUtilization", 97, 1).Step("llm/m", "GenerationTokensPerSecond", 900, 40, 200, 20)
        .Step("llm/m", "InterTokenLatency", 30, 2, 130, 20).Score("llm/m", "relevance", 0.9));

    [Fact]
    public void NanExclamation() => Expect(["quality-caused-load", "quality-drift"], ["llm/m:integrity"], r => r
        .Flat("llm/m", "Invocations", 20, 4).Step("llm/m", "OutputTokensPerRequest", 180, 20, 2048, 0).Step("llm", "ModelLatency", 2.1e6, 2e5, 9e6, 10)
        .Flat("llm/i-0/0", "GPUUtilization", 70, 4).Flat("llm/i-0/0", "GPUMemoryUtilization", 88, 0.3).Flat("llm/m", "KVCacheUtilization", 40, 3)
        .Score("llm/m", "integrity", 0.98, 0.1).Score("llm/m", "relevance", 0.9, 0.1).Score("llm/m", "completeness", 0.8, 0.05).Score("llm/m", "safety", 1.0));

    [Fact]
    public void UpgradeRegression() => Expect(["bad-rollout"], ["llm/m:deployment_event"], r => r
        .Event("llm/m", "DeploymentEvent", 0).Score("llm/m", "composite", 0.9, 0.7).Score("llm/m", "accuracy", 0.9, 0.65)
        .Step("llm", "ModelLatency", 2.1e6, 1e5, 1.8e6, 0).Flat("llm/i-0/0", "GPUUtilization", 70, 4).Flat("llm", "Invocations", 20, 4));

    [Fact]
    public void EccCrash() => Expect(["hardware-fault"], ["llm/i-0/1:xid_errors", "llm/i-0/1:ecc_uncorrectable"], r => r
        .Step("llm/i-0/1", "DCGM_FI_DEV_XID_ERRORS", 0, 0, 48, 0).Step("llm/i-0/1", "GPUUtilization", 70, 4, 0, 20).Step("llm/i-0/0", "GPUUtilization", 70, 4, 5, 20)
        .Step("llm", "Invocation5XXErrors", 0, 0, 20, 10).Flat("llm", "Invocations", 20, 4));

    [Fact]
    public void EccCounterOnOneGpu() => Expect(["hardware-fault"], ["llm/i-0/3:ecc_uncorrectable"], r => r
        .Step("llm/i-0/3", "ecc_uncorrectable", 0, 0, 2, 0).Flat("llm/i-0/0", "ecc_uncorrectable", 0, 0).Flat("llm/i-0/1", "ecc_uncorrectable", 0, 0)
        .Flat("llm/i-0/2", "ecc_uncorrectable", 0, 0).Step("llm", "Invocation5XXErrors", 0, 0, 20, 10).Score("llm/m", "integrity", 0.98));

    [Fact]
    public void TensorParallelStraggler() => Expect(["hot-gpu"], ["llm/i-0/2:gpu_utilization"], r =>
    {
        for (int g = 0; g < 4; g++)
        {
            int gpu = g;
            r.Set($"llm/i-0/{g}", "GPUUtilization", (t, n) => 75 + 3 * n + (t >= Onset && t % 100 < 60 ? gpu == 2 ? 23 : -45 : 0)).Flat($"llm/i-0/{g}", "DCGM_FI_DEV_GPU_TEMP", 60, 1);
        }

        return r.Set("llm/m", "GenerationTokensPerSecond", (t, n) => (t >= Onset && t % 100 < 60 ? 4 : 13.5) + 0.8 * n).Score("llm/m", "relevance", 0.9).Flat("llm", "Invocations", 20, 4);
    });

    [Fact]
    public void GpuMemoryLeak_FreeMemoryOnly() => Expect(["memory-leak"], ["llm/i-0/0:gpu_memory_free"], r => r
        .Set("llm/i-0/0", "DCGM_FI_DEV_FB_FREE", (t, n) => 1517 - (1517 - 337) * t / 3600.0 + 3 * n).Flat("llm", "Invocations", 20, 4).Flat("llm", "ModelLatency", 2.1e6, 1e5));

    [Fact]
    public void GpuMemoryLeak_Usage() => Expect(["memory-leak"], ["llm/i-0/0:gpu_memory_usage"], r => r
        .Set("llm/i-0/0", "GPUMemoryUtilization", (t, n) => 93.7 + 4.9 * t / 3600.0 + 0.05 * n).Flat("llm", "Invocations", 20, 4).Flat("llm", "ModelLatency", 2.1e6, 1e5));

    [Fact]
    public void OutOfMemoryLoop() => Expect(["restart-loop"], ["llm/m:gpu_memory_usage", "llm/m:restarts", "llm/m:memory_usage"], r => r
        .Step("llm/m", "GPUMemoryUtilization", 70, 1, 100, 0, 100).Step("llm/m", "ModelError", 0, 0, 5, 10).Step("llm/m", "Invocations", 5, 0.5, 0, 120)
        .Event("llm/m", "RestartEvent", 30).Event("llm/m", "RestartEvent", 50).Event("llm/m", "RestartEvent", 90).Event("llm/m", "RestartEvent", 170));

    [Fact]
    public void OutOfMemoryLoop_WithoutRestartEvents() => Expect(["restart-loop"], ["llm/m:gpu_memory_usage"], r => r
        .Step("llm", "GPUMemoryUtilization", 70, 1, 100, 0, 100).Step("llm", "ModelError", 0, 0, 5, 10).Step("llm", "Invocations", 5, 0.5, 0, 120));

    [Fact]
    public void EndlessOutput() => Expect(["quality-caused-load"], ["llm/m:integrity", "llm/m:output_tokens_per_answer"], r => r
        .Step("llm/m", "OutputTokensPerRequest", 200, 20, 4096, 0).Step("llm", "ConcurrentRequestsPerModel", 6, 0.6, 30, 20).Step("llm/m", "KVCacheUtilization", 40, 3, 95, 30, 100)
        .Step("llm", "ModelLatency", 2e6, 1e5, 2e7, 40).Flat("llm", "Invocations", 20, 4).Score("llm/m", "repetition", 0.97, 0.5, 30).Score("llm/m", "completeness", 0.8, 0.85));

    [Fact]
    public void TrafficSurgeControl() => Expect(["traffic-surge", "null"], ["llm:requests"], r => r
        .Step("llm", "Invocations", 100, 10, 200, 0).Step("llm/i-0/0", "GPUUtilization", 45, 4, 75, 0).Step("llm", "ModelLatency", 2e6, 1e5, 2.4e6, 0).Score("llm/m", "relevance", 0.9));

    [Fact]
    public void Hang() => Expect(["hang"], ["llm/m:generation_tokens_per_second"], r => r
        .Step("llm/m", "GenerationTokensPerSecond", 800, 40, 0, 0).Step("llm/m", "NumRequestsRunning", 8, 1, 16, 0).Step("llm/i-0/0", "GPUUtilization", 70, 4, 100, 0).Ramp("llm/m", "NumRequestsWaiting", 0, 1, 0.5));

    [Fact]
    public void HostMemoryLeak() => Expect(["memory-leak"], ["llm/i-0:memory_usage", "llm/m:memory_usage"], r => r
        .Set("llm/i-0", "MemoryUtilization", (t, n) => 40 + 25 * t / 3600.0 + 0.3 * n).Flat("llm", "Invocations", 20, 4));

    [Fact]
    public void AdapterChange() => Expect(["adapter-change"], ["llm/m:adapter_change_event"], r => r
        .Event("llm/m", "AdapterChangeEvent", -30).Score("llm/m", "relevance", 0.9, 0.5).Score("llm/n", "relevance", 0.9).Flat("llm/m", "KVCacheUtilization", 40, 3));

    [Fact]
    public void JudgeCanariesMove() => Expect(["judge-drift"], ["llm/m:judge_canary", "_judge/j1:judge_canary", "llm:judge_canary"], r => r
        .Score("_judge/j1", "judge_canary", 0.98, 0.6).Score("llm/m", "relevance", 0.9, 0.7).Score("llm/m", "integrity", 0.98));

    [Fact]
    public void DegradedByPressure() => Expect(["degraded-by-pressure"], ["llm/m:kv_cache_usage"], r => r
        .Set("llm/m", "KVCacheUtilization", (t, n) => 50 + 2 * n + 48 * Hump(t, 0)).Set("llm/m", "json", (t, n) => Math.Clamp(0.95 + 0.04 * n - 0.4 * Hump(t, 60), 0, 1))
        .Set("llm", "Invocations", (t, n) => 20 * (1 + 0.8 * Hump(t, 0)) + 3 * n));

    [Fact]
    public void Throttle() => Expect(["hardware-fault"], ["llm/i-0/0:gpu_clock", "llm/i-0/0:gpu_clock_throttle"], r => r
        .Step("llm/i-0/0", "DCGM_FI_DEV_SM_CLOCK", 1410, 5, 800, 0).Step("llm/i-0/0", "DCGM_FI_DEV_GPU_TEMP", 65, 1, 90, -60).Step("llm/m", "GenerationTokensPerSecond", 800, 40, 450, 10));

    [Fact]
    public void HotCopy() => Expect(["hot-copy"], ["llm/m/1:concurrency", "llm/m/1:latency.average"], r => r
        .Flat("llm/m/0", "ConcurrentRequestsPerCopy", 5, 0.5).Step("llm/m/1", "ConcurrentRequestsPerCopy", 5, 0.5, 14, 0)
        .Flat("llm/m/0", "latency.average", 1.2, 0.05).Step("llm/m/1", "latency.average", 1.2, 0.05, 3, 20));

    [Fact]
    public void Blind() => Expect(["blind"], ["llm:errors_5xx"], r => r
        .Step("llm", "Invocation5XXErrors", 0, 0, 15, 0).Flat("llm", "Invocations", 20, 4).Score("llm/m", "relevance", 0.9).Stop("llm/m", "relevance", 0.75));

    private static double Hump(int t, int delay) => t < Onset + delay || t > Onset + delay + 700 ? 0 : Math.Sin(Math.PI * (t - Onset - delay) / 700);

    private void Expect(string[] patterns, string[] causes, Func<Recording, Recording> incident)
    {
        foreach (int seed in Enumerable.Range(10, Seeds))
        {
            foreach (int after in new[] { 180, 420 })
            {
                foreach (string target in new[] { "llm", "llm/m" })
                {
                    Recording r = incident(new Recording(seed));
                    Diagnosis? d = r.Diagnose(target, Onset + after);
                    string got = d is null ? "null" : d.Pattern.Id();
                    string first = d is null ? "" : $"{Recording.Topology.Format(d.Causes[0].Entity)}:{d.Causes[0].Metric}";
                    string text = $"seed {seed} after {after} {target}: {got} {first} onset {(d?.Onset?.FirstAbnormal - Start)?.TotalSeconds} {d?.Title}\n {string.Join("\n ", d?.Causes.Take(3).SelectMany(c => c.Evidence) ?? [])}\n ruled out {string.Join("\n  ", d?.RuledOut ?? [])}";
                    output.WriteLine(text);
                    Assert.True(patterns.Contains(got) && (d is null || causes.Contains(first)), $"expected {string.Join("|", patterns)} {string.Join("|", causes)}; {text}");
                }
            }
        }
    }

    private sealed class Recording(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<(string, string), SortedDictionary<int, double>> _points = [];

        public static TopologyMap Topology { get; } = TopologyReader.Read("""
            {"endpoints":[{"name":"llm","instances":[{"id":"i-0","gpus":4}],"components":[{"name":"m","copies":2},{"name":"n"}]}],"entities":["_judge/j1"]}
            """u8.ToArray());

        public Recording Flat(string entity, string metric, double level, double noise) => Set(entity, metric, (_, n) => Math.Max(0, level + noise * n));

        public Recording Step(string entity, string metric, double before, double noise, double after, int delay, double max = double.MaxValue) =>
            Set(entity, metric, (t, n) => Math.Clamp(t >= Onset + delay ? after + noise * n * Math.Min(1, before == 0 ? 1 : after / before) : before + noise * n, 0, max));

        public Recording Ramp(string entity, string metric, double before, double start, double perSecond) =>
            Set(entity, metric, (t, _) => t >= Onset ? Math.Round(start + perSecond * (t - Onset) / 10) : before);

        /// <summary>The mean of six answers, each right or wrong.</summary>
        public Recording Score(string entity, string dimension, double before, double? after = null, int delay = 0) => Set(entity, dimension, (t, _) =>
        {
            double p = t >= Onset + delay ? after ?? before : before;
            int right = 0;
            for (int k = 0; k < 6; k++)
            {
                right += _random.NextDouble() < p ? 1 : 0;
            }

            return right / 6.0;
        });

        public Recording Event(string entity, string metric, int delay)
        {
            Of(entity, metric)[Onset + delay] = 1;
            return this;
        }

        public Recording Stop(string entity, string metric, double share)
        {
            SortedDictionary<int, double> of = Of(entity, metric);
            foreach (int t in of.Keys.Where(t => t >= Onset && _random.NextDouble() < share).ToArray())
            {
                of.Remove(t);
            }

            return this;
        }

        public Recording Set(string entity, string metric, Func<int, double, double> value)
        {
            SortedDictionary<int, double> of = Of(entity, metric);
            for (int t = 0; t < End; t += 10)
            {
                of[t] = value(t, Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
            }

            return this;
        }

        public Diagnosis? Diagnose(string target, int at)
        {
            List<SeriesData> series = [];
            foreach (((string entity, string name), SortedDictionary<int, double> points) in _points)
            {
                ResolvedMetric resolved = MetricCatalogue.Default.Resolve(name);
                Assert.True(Topology.TryResolve(entity, out EntityId? id), entity);
                series.Add(new SeriesData(new SeriesKey(id!, resolved.Metric), [.. points.Keys.Select(t => Start.UnixMs + t * 1000L)], [.. points.Values.Select(v => v * resolved.Scale)]));
            }

            Assert.True(Topology.TryResolve(target, out EntityId? asked));
            return Correlator.Diagnose(new DiagnosisRequest(Topology, series, asked!, null, Start + TimeSpan.FromSeconds(at), [], 5, CorrelatorOptions.Default));
        }

        private SortedDictionary<int, double> Of(string entity, string metric)
        {
            if (!_points.TryGetValue((entity, metric), out SortedDictionary<int, double>? of))
            {
                _points.Add((entity, metric), of = []);
            }

            return of;
        }
    }
}
