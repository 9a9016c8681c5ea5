using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Topology;
using Xunit.Abstractions;
using static Grainwatch.Signals.Tests.Correlation.Patterns.SyntheticIncident;

namespace Grainwatch.Signals.Tests.Correlation.Patterns;

/// <summary>Incidents of the kind that public reports tell, each in several seeds: the pattern, the first cause, and what must not be said.</summary>
public sealed class PatternTests(ITestOutputHelper output)
{
    private static readonly int[] Seeds = [1, 2];

    [Fact]
    public void Saturation_KvFullThenQueueThenRetraction_KvFirst() => Expect("saturation", Assist, "kv_cache_usage", s => s
        .Level(Assist, "kv_cache_usage", 0.995).Level(Assist, "queue_depth", 3, 20).Level(Assist, "preemptions", 4, 60)
        .Level(Assist, "generation_tokens_per_second", 30, 80), harms: true, not: ["quality degradation is", "surge causes"], slow: false);

    [Fact]
    public void Saturation_KvStaysFullAndQueueGrows_KvFirstAndNoSurge() => Expect("saturation", Assist, "kv_cache_usage", s => s
        .From(0, Assist, "kv_cache_usage", (_, old) => 0.98 + old * 0.01)
        .From(OnsetSeconds, Assist, "queue_depth", (t, _) => 18 + Math.Min(t, 300) * 0.5)
        .Times(Assist, "generation_tokens_per_second", 0.8).Times(Assist, "latency.p99", 1.8, 20), harms: true);

    [Fact]
    public void Saturation_LatencyCliffNearFullKv_KvFirst() => Expect("saturation", Assist, "kv_cache_usage", s => s
        .From(OnsetSeconds, Assist, "kv_cache_usage", (t, _) => Math.Min(0.989, 0.794 + t * 0.001)).Times(Assist, "concurrency", 1.4)
        .Times(Assist, "inter_token_latency", 4, 120).Times(Assist, "latency.p99", 3, 120), harms: true);

    [Fact]
    public void Saturation_PreemptionWithFullPool_PreemptionsFirst() => Expect("saturation", Assist, "preemptions", s => s
        .Level(Assist, "kv_cache_usage", 0.99).Level(Assist, "preemptions", 6).Times(Assist, "generation_tokens_per_second", 0.3, 20)
        .Times(Assist, "inter_token_latency", 3, 20).Level(Gpu(0), "gpu_utilization", 0.98).Level(Gpu(1), "gpu_utilization", 0.98), harms: true);

    [Fact]
    public void QualityCausedLoad_RepeatedCharactersThenLatency_IntegrityFirst() => Expect("quality-caused-load", Assist, "integrity", s => s
        .Level(Assist, "integrity", 0.3).Level(Assist, "repetition", 0.3).Level(Assist, "relevance", 0.3).Level(Assist, "composite", 0.3)
        .Times(Assist, "output_tokens_per_answer", 4).Times(Assist, "latency.p99", 3, 20), harms: true, touches: true, not: ["saturat"]);

    [Fact]
    public void QualityCausedLoad_EndlessAnswers_OutputOrIntegrityFirst() => Expect("quality-caused-load", Assist, "output_tokens_per_answer", s => s
        .Without(Assist, "integrity").Level(Assist, "repetition", 0.7, 60)
        .Times(Assist, "output_tokens_per_answer", 8).Times(Assist, "concurrency", 4, 30).Level(Assist, "kv_cache_usage", 0.97, 40)
        .Times(Assist, "latency.p99", 5, 60).Level(Assist, "queue_depth", 12, 90), harms: true);

    [Fact]
    public void BadRollout_DeploymentThenScoresStepDown_DeploymentFirst() => Expect("bad-rollout", Assist, "deployment_event", s => s
        .Event(Assist, "deployment_event", OnsetSeconds - 5).Level(Assist, "composite", 0.7).Level(Assist, "relevance", 0.65)
        .Times(Assist, "latency.p99", 0.8), harms: true, not: ["memory pressure causes"]);

    [Fact]
    public void BadRollout_EventOnEndpoint_Named() => Expect("bad-rollout", Endpoint, "deployment_event", s => s
        .Event(Endpoint, "deployment_event", OnsetSeconds - 60).Level(Assist, "composite", 0.7).Level(Assist, "groundedness", 0.6), harms: true);

    [Fact]
    public void AdapterChange_ConfinedToOneComponent_AdapterFirst() => Expect("adapter-change", Assist, "adapter_change_event", s => s
        .Event(Assist, "adapter_change_event", OnsetSeconds - 20).Level(Assist, "groundedness", 0.5).Level(Assist, "relevance", 0.6), harms: true);

    [Fact]
    public void HardwareFault_XidThenErrors_GpuNamed() => Expect("hardware-fault", Gpu(1), "xid_errors", s => s
        .Event(Gpu(1), "xid_errors", OnsetSeconds - 10, 79).Level(Assist, "errors_5xx", 18).Level(Gpu(1), "gpu_utilization", 0.0), harms: true, not: ["capacity is missing"]);

    [Fact]
    public void HardwareFault_EccOnOneGpu_GpuNamed() => Expect("hardware-fault", Gpu(0), "ecc_uncorrectable", s => s
        .Level(Gpu(0), "ecc_uncorrectable", 3).Level(Assist, "errors_5xx", 20, 20).Level(Gpu(0), "gpu_utilization", 0, 20), harms: true);

    [Fact]
    public void HardwareFault_Throttle_GpuNamed() => Expect("hardware-fault", Gpu(1), "gpu_clock_throttle", s => s
        .Level(Gpu(1), "gpu_clock_throttle", 5).Times(Gpu(1), "gpu_clock", 0.6).Level(Gpu(1), "gpu_temperature", 88)
        .Times(Assist, "generation_tokens_per_second", 0.6, 20).Times(Assist, "latency.p99", 1.6, 20), harms: true);

    [Fact]
    public void HardwareFault_GpuVanishes_GpuNamed() => Expect("hardware-fault", Gpu(0), "gpu_utilization", s => s
        .Silence(OnsetSeconds, Gpu(0), "gpu_utilization").Silence(OnsetSeconds, Gpu(0), "gpu_memory_usage").Level(Assist, "errors_5xx", 20), harms: true);

    [Fact]
    public void HotGpu_OneWorksWhileTheRestWait_GpuNamed() => Expect("hot-gpu", Gpu(2), "gpu_utilization", s => s
        .From(OnsetSeconds, Gpu(2), "gpu_utilization", (t, old) => Sags(t) ? 0.99 : old)
        .From(OnsetSeconds, Gpu(0), "gpu_utilization", (t, old) => Sags(t) ? 0.3 : old)
        .From(OnsetSeconds, Gpu(1), "gpu_utilization", (t, old) => Sags(t) ? 0.32 : old)
        .From(OnsetSeconds, Gpu(3), "gpu_utilization", (t, old) => Sags(t) ? 0.28 : old)
        .From(OnsetSeconds, Assist, "generation_tokens_per_second", (t, old) => Sags(t) ? old * 0.3 : old), target: Endpoint, not: ["normal, so"], slow: false);

    [Fact]
    public void MemoryLeak_GpuMemoryCreeps_GpuAndForecast()
    {
        foreach (int seed in Seeds)
        {
            Diagnosis? d = new SyntheticIncident(seed).From(0, Gpu(0), "gpu_memory_usage", (t, old) => old + t / 6000.0 * 0.15).Diagnose();
            Check(d, "memory-leak", Gpu(0), "gpu_memory_usage", [], seed);
            Assert.NotNull(d!.ExhaustionAt);
            // 0.78 + 0.15 of 6000 s: full at 8800 s after the start.
            Assert.InRange((d.ExhaustionAt.Value - Start).TotalSeconds, 8200, 9400);
            Assert.True(d.ExhaustionIsNear);
        }
    }

    [Fact]
    public void MemoryLeak_HostMemoryCreeps_InstanceNamed() => Expect("memory-leak", Instance, "memory_usage", s => s
        .From(0, Instance, "memory_usage", (t, old) => old + t / 6000.0 * 0.2));

    [Fact]
    public void RestartLoop_MemoryFullWithoutLoad_ComponentNamed() => Expect("restart-loop", Assist, "memory_usage", s => s
        .Level(Assist, "memory_usage", 1.0).Level(Assist, "errors_model", 10, 10).Level(Assist, "requests", 0, 60));

    [Fact]
    public void RestartLoop_RestartsWithBackoff_RestartsFirst() => Expect("restart-loop", Assist, "restarts", s => s
        .Event(Assist, "restarts", OnsetSeconds).Event(Assist, "restarts", OnsetSeconds + 20).Event(Assist, "restarts", OnsetSeconds + 60)
        .Event(Assist, "restarts", OnsetSeconds + 140).Event(Assist, "restarts", OnsetSeconds + 300).Level(Assist, "errors_5xx", 30), harms: true, says: "back-off");

    [Fact]
    public void Hang_NoTokensWithRequestsInside_OutputFirst() => Expect("hang", Assist, "generation_tokens_per_second", s => s
        .Level(Assist, "generation_tokens_per_second", 0).Level(Gpu(0), "gpu_utilization", 1).Level(Gpu(1), "gpu_utilization", 1)
        .From(OnsetSeconds, Assist, "requests_running", (_, old) => old + 3).From(OnsetSeconds, Assist, "queue_depth", (t, _) => t / 10), harms: true, not: ["is idle"]);

    [Fact]
    public void DegradedByPressure_QualityFallsAfterKv_PressureFirstWithDose() => Expect("degraded-by-pressure", Assist, "kv_cache_usage", s => s
        .Times(Assist, "requests", 1.6).Level(Assist, "kv_cache_usage", 0.97, 20).Times(Assist, "concurrency", 2, 10)
        .Level(Assist, "integrity", 0.8, 60).Level(Assist, "json", 0.75, 60), harms: true, touches: true, says: "Dose");

    [Fact]
    public void QualityDrift_InfrastructureFlat_DimensionFirst() => Expect("quality-drift", Assist, "groundedness", s => s
        .Level(Assist, "groundedness", 0.6).Level(Assist, "composite", 0.8), harms: true);

    [Fact]
    public void QualityDrift_SafetyFalls_IsSaid() => Expect("quality-drift", Assist, "safety", s => s.Level(Assist, "safety", 0.8), touches: true);

    [Fact]
    public void JudgeDrift_AllComponentsStepAtOnce_JudgeSuspected() => Expect("judge-drift", Assist, "relevance", s => s
        .Level(Assist, "relevance", 0.7).Level(Assist, "groundedness", 0.7).Level(Search, "relevance", 0.7).Level(Search, "groundedness", 0.72));

    [Fact]
    public void HotCopy_OneCopyIsSlow_CopyNamed() => Expect("hot-copy", Copy(1), "latency.average", s => s
        .Times(Copy(1), "latency.average", 2.5).Times(Assist, "latency.p99", 1.4));

    [Fact]
    public void TrafficShift_LongerPrompts_PromptsFirst() => Expect("traffic-shift", Assist, "prompt_tokens_per_request", s => s
        .Times(Assist, "prompt_tokens_per_request", 3).Times(Assist, "ttft", 1.8));

    [Fact]
    public void Blind_ErrorsRiseAndScoresThin_ErrorsFirst() => Expect("blind", Assist, "errors_5xx", s =>
    {
        s.Level(Assist, "errors_5xx", 25);
        foreach (string dimension in new[] { "relevance", "groundedness", "integrity", "repetition", "safety", "json", "completeness", "composite" })
        {
            s.Silence(OnsetSeconds, Assist, dimension, 0.8);
        }

        return s;
    }, harms: true);

    [Fact]
    public void TrafficSurge_WithinObjectives_IsNothingCritical()
    {
        foreach (int seed in Seeds)
        {
            Diagnosis? d = new SyntheticIncident(seed).Times(Assist, "requests", 2).Level(Gpu(0), "gpu_utilization", 0.85)
                .Level(Gpu(1), "gpu_utilization", 0.85).Times(Assist, "latency.p99", 1.2).Times(Assist, "concurrency", 1.6)
                .Level(Assist, "kv_cache_usage", 0.7).Diagnose();
            if (d is not null)
            {
                Check(d, "traffic-surge", Assist, "requests", [], seed);
                Assert.False(d.HarmsUsers);
            }
        }
    }

    [Fact]
    public void Healthy_Nothing_IsNull()
    {
        int alarms = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            Diagnosis? d = new SyntheticIncident(seed).Diagnose();
            if (d is not null)
            {
                alarms++;
                output.WriteLine($"seed {seed}: {d.Title}; {string.Join(" | ", d.Causes.SelectMany(c => c.Evidence))}");
            }
        }

        Assert.InRange(alarms, 0, 1);
    }

    private static bool Sags(double t) => t % 60 < 40;

    /// <summary>
    /// With points after the question and without, five and fifteen minutes into the incident, and from a source that sends
    /// once a minute (left out where the order of the signals lies within that minute).
    /// </summary>
    private void Expect(
        string pattern, EntityId entity, string metric, Func<SyntheticIncident, SyntheticIncident> incident, EntityId? target = null,
        bool harms = false, bool touches = false, string? says = null, string[]? not = null, bool slow = true)
    {
        foreach (int seed in Seeds)
        {
            foreach (EntityId asked in target is null ? new[] { Assist, Endpoint } : [target])
            {
                Diagnosis? d = incident(new SyntheticIncident(seed)).Diagnose(asked);
                Check(incident(new SyntheticIncident(seed)).Diagnose(asked, null, OnsetSeconds + 300, 0), pattern, entity, metric, not ?? [], seed);
                Check(incident(new SyntheticIncident(seed)).Diagnose(asked, null, OnsetSeconds + 900, 0), pattern, entity, metric, not ?? [], seed);
                if (slow)
                {
                    Check(incident(new SyntheticIncident(seed)).Diagnose(asked, null, OnsetSeconds + 180, 480, 6), pattern, entity, metric, not ?? [], seed);
                }

                Check(d, pattern, entity, metric, not ?? [], seed);
                Assert.True(!harms || d!.HarmsUsers, "harms users");
                Assert.True(!touches || d!.TouchesSafetyOrIntegrity, "touches safety or integrity");
                Assert.True(says is null || d!.Causes[0].Evidence.Any(e => e.Contains(says, StringComparison.Ordinal)), $"says {says}");
            }
        }
    }

    private void Check(Diagnosis? d, string pattern, EntityId entity, string metric, string[] not, int seed)
    {
        string text = d is null ? "nothing anomalous" : $"{d.Pattern.Id()} {d.Title}\n onset {d.Onset}\n ruled out: {string.Join("\n   ", d.RuledOut)}\n"
            + string.Join("\n", d.Causes.Take(5).Select(c => $" {c.Rank}. {c.Score:0.00} {c.Entity}:{c.Metric} lead {c.LeadSeconds}: {string.Join(" ", c.Evidence)} AGAINST {string.Join(" ", c.Against)}"));
        output.WriteLine($"seed {seed}: {text}");
        Assert.True(d is not null && d.Pattern.Id() == pattern, $"expected {pattern}, seed {seed}: {text}");
        Assert.True(d.Causes[0].Entity == entity && d.Causes[0].Metric.Text == metric, $"expected {entity}:{metric}, seed {seed}: {text}");
        Assert.InRange(d.Title.Length, 1, 100);
        string all = string.Join(" ", d.Causes.SelectMany(c => c.Evidence).Append(d.Title).Append(d.Summary));
        Assert.All(not, n => Assert.DoesNotContain(n, all, StringComparison.OrdinalIgnoreCase));
    }
}
