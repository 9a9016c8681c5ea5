using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using static Grainwatch.Signals.Tests.Correlation.Patterns.SyntheticIncident;

namespace Grainwatch.Signals.Tests.Correlation.Patterns;

/// <summary>What caused what, where both moved; what rules say beside the series; and what stays while an incident lasts.</summary>
public sealed class DirectionTests
{
    private static readonly int[] Seeds = [1, 2, 3, 4];

    [Fact]
    public void Endless_LoadIsSeenBeforeTheAnswersThatCauseIt_QualityFirst() => Expect(IncidentPattern.QualityCausedLoad, Assist, "integrity", s => Endless(s).Ask(more: 0));

    [Fact]
    public void Endless_ArrivalsALittleUpByChance_QualityFirst() =>
        Expect(IncidentPattern.QualityCausedLoad, Assist, "integrity", s => Endless(s).Times(Assist, "requests", 1.3).Times(Assist, "generation_tokens_per_second", 1.3).Ask(more: 0));

    [Fact]
    public void Pressed_SameSeriesButMoreRequests_PressureFirst() =>
        Expect(IncidentPattern.DegradedByPressure, Assist, "kv_cache_usage", s => Endless(s).Times(Assist, "requests", 1.7).Ask(more: 0));

    [Fact]
    public void Pressed_PoolIsLostAndFewerTokensComeOut_PressureFirst() => Expect(IncidentPattern.DegradedByPressure, Assist, "kv_cache_usage", s => s
        .Level(Assist, "kv_cache_usage", 0.97).Times(Assist, "concurrency", 1.6, 20).Times(Assist, "generation_tokens_per_second", 0.6, 20)
        .Level(Assist, "integrity", 0.7, 60).Ask(more: 0));

    [Fact]
    public void Degenerate_ManyInsideAPoolWithRoom_IsNotPressed()
    {
        foreach (int seed in Seeds)
        {
            Diagnosis? d = Correlator.Diagnose(new SyntheticIncident(seed).Times(Assist, "concurrency", 2).Level(Assist, "integrity", 0.4, 20).Ask(more: 0));
            Assert.Contains(d!.Pattern, new[] { IncidentPattern.QualityDrift, IncidentPattern.QualityCausedLoad });
            Assert.Equal("integrity", d.Causes[0].Metric.Text);
        }
    }

    [Fact]
    public void FullPool_FewPreemptionsAmongManyRequests_PoolFirst() => Expect(IncidentPattern.Saturation, Assist, "kv_cache_usage", s => s
        .Level(Assist, "kv_cache_usage", 0.99).Level(Assist, "preemptions", 2).Level(Assist, "queue_depth", 30, 20).Times(Assist, "ttft", 4, 30).Ask(more: 0));

    [Fact]
    public void SlowPool_SurvivorsAreLonger_IsSaturationNotEndlessAnswers() => Expect(IncidentPattern.Saturation, Assist, "kv_cache_usage", s => s
        .Level(Assist, "kv_cache_usage", 0.99).Times(Assist, "generation_tokens_per_second", 0.2, 20).Level(Assist, "queue_depth", 60, 20)
        .Times(Assist, "output_tokens_per_answer", 1.5, 60).Times(Assist, "concurrency", 4, 20).Times(Assist, "ttft", 8, 30).Ask(more: 0));

    [Fact]
    public void IntegrityRuleFires_PromptsShiftedToo_IsNeverCalledTraffic()
    {
        foreach (int seed in Seeds)
        {
            SyntheticIncident incident = new SyntheticIncident(seed).Times(Assist, "prompt_tokens_per_request", 2.2);
            Assert.Equal(IncidentPattern.TrafficShift, Correlator.Diagnose(incident.Ask())!.Pattern);

            Diagnosis? d = Correlator.Diagnose(incident.Ask(verdicts: Firing(Assist, "integrity 0.95 (0.93 to 0.97, 400 answers), below 0.98 by the evidence", 0.93)));

            Assert.Equal(IncidentPattern.QualityDrift, d!.Pattern);
            Assert.Equal("integrity", d.Causes[0].Metric.Text);
        }
    }

    [Fact]
    public void GpuFaultFires_NoiseDatesTheHarmTooEarly_GpuIsStillNamed() => Expect(IncidentPattern.HardwareFault, Gpu(1), "xid_errors", s => s
        .Event(Gpu(1), "xid_errors", OnsetSeconds + 170, 48).Level(Gpu(1), "gpu_temperature", 80).Times(Assist, "latency.p99", 1.4)
        .Ask(Gpu(1), more: 0, verdicts: Firing(Gpu(1), "XID errors: 1 new in 10m, above 0", null)));

    [Fact]
    public void OneRestart_CallsFailFromThenOn_RestartsFirst() => Expect(IncidentPattern.RestartLoop, Assist, "restarts", s => s
        .Event(Assist, "restarts", OnsetSeconds).From(OnsetSeconds, Assist, "errors_5xx", (t, _) => t < 40 ? 20 : 0).Ask(more: 0));

    [Fact]
    public void MostCallsFail_SurvivorsScoreWell_IsBlind() =>
        Expect(IncidentPattern.Blind, Assist, "errors_5xx", s => s.Level(Assist, "errors_5xx", 24).Ask(more: 0));

    [Fact]
    public void AskedAgain_IncidentFillsTheLookBack_NormalStaysWhatItWas()
    {
        const int Later = OnsetSeconds + 940;
        SyntheticIncident incident = new SyntheticIncident(1).Level(Assist, "groundedness", 0.6);
        DiagnosisRequest again = incident.Ask(atSecond: Later, more: 0) with { Since = At(OnsetSeconds + 60), Known = IncidentPattern.QualityDrift };

        Diagnosis? d = Correlator.Diagnose(again);

        Assert.Equal(IncidentPattern.QualityDrift, d!.Pattern);
        Assert.Equal("groundedness", d.Causes[0].Metric.Text);
        Assert.InRange((d.Causes[0].Onset.FirstAbnormal - At(OnsetSeconds)).TotalSeconds, -60, 60);
    }

    [Fact]
    public void AskedAgain_AnotherPatternFitsToo_ToldOneStays()
    {
        DiagnosisRequest request = Endless(new SyntheticIncident(1)).Ask(more: 0);
        Assert.Equal(IncidentPattern.QualityCausedLoad, Correlator.Diagnose(request)!.Pattern);

        Assert.Equal(IncidentPattern.DegradedByPressure, Correlator.Diagnose(request with { Known = IncidentPattern.DegradedByPressure })!.Pattern);
    }

    /// <summary>An answer holds its blocks while it is written and is scored when it has ended, a minute later.</summary>
    private static SyntheticIncident Endless(SyntheticIncident s) => s
        .Level(Assist, "kv_cache_usage", 0.97).Times(Assist, "concurrency", 3).Times(Assist, "requests_running", 3)
        .Times(Assist, "generation_tokens_per_second", 1.4).Level(Assist, "integrity", 0.6, 70).Level(Assist, "repetition", 0.6, 70);

    private static Verdict Firing(EntityId entity, string text, double? lower) => new(
        "any", "1", entity, LabelSet.Empty, Truth.True, At(OnsetSeconds + 60), At(OnsetSeconds + 180), TimeSpan.Zero, 0,
        new Evidence(null, null, text, lower is null ? null : 400, lower, lower), VerdictEpoch.Single);

    private static void Expect(IncidentPattern pattern, EntityId entity, string metric, Func<SyntheticIncident, DiagnosisRequest> ask)
    {
        foreach (int seed in Seeds)
        {
            Diagnosis? d = Correlator.Diagnose(ask(new SyntheticIncident(seed)));
            Assert.True(d is not null && d.Pattern == pattern, $"seed {seed}: {d?.Pattern}: {d?.Summary}");
            Assert.True(d!.Causes[0].Entity == entity && d.Causes[0].Metric.Text == metric, $"seed {seed}: {d.Causes[0].Entity} {d.Causes[0].Metric}: {d.Summary}");
        }
    }
}
