using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Files;
using Grainwatch.Signals.Topology;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules;

public sealed class DefaultRulesTests
{
    private const int Hour = 3600;

    [Fact]
    public void Default_Always_HasEveryRuleOfThePlan()
    {
        string[] expected =
        [
            "errors", "latency-slo", "ttft-slo", "kv-pressure", "queue-growth", "hang", "gpu-memory", "hot-gpu", "hot-copy", "gpu-fault", "host-memory",
            "integrity-drop", "safety-drop", "relevance-drop", "composite-drop", "judge-fault", "silent", "source-fault",
        ];

        Assert.Equal(expected, RuleSet.Default.Rules.Select(r => r.Id));
        Assert.Equal(8, RuleSet.Default.Questions.Count);
    }

    [Fact]
    public void Templates_EachUsed_GiveValidRules()
    {
        string rules = string.Concat(DefaultRules.Templates.Ids.Select(id => $"      - {{ id: my-{id}, use: {id} }}\n"));

        Assert.Empty(Errors("version: 1\ngroups:\n  - name: g\n    rules:\n" + rules));
    }

    [Fact]
    public void EveryRule_EmptyFleet_SaysNothingFalse()
    {
        foreach (Rule rule in RuleSet.Default.Rules)
        {
            foreach (RuleTarget target in RuleSelection.Select(rule, Map))
            {
                ConditionResult result = new BoundRule(rule, target.Entity, Map, new TestWindows()).Evaluate(At(Hour));
                Assert.NotEqual(Truth.True, result.Truth);
                Assert.NotEqual(Truth.Error, result.Truth);
            }
        }
    }

    [Fact]
    public void Errors_TenOfTwoHundred_Fires()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "requests", 0, 120, 20).Set(Assist, "errors_5xx", 100, 10);

        Assert.Equal(Truth.True, Says("errors", Assist, windows, 120));
    }

    [Theory]
    [InlineData(4, 200)] // fewer than five
    [InlineData(10, 2000)] // half a percent
    public void Errors_FewOrRare_AreFalse(int errors, int requests)
    {
        TestWindows windows = new TestWindows().Fill(Assist, "requests", 0, 120, requests / 12.0).Set(Assist, "errors_5xx", 100, errors);

        Assert.Equal(Truth.False, Says("errors", Assist, windows, 120));
    }

    [Fact]
    public void Errors_NoRequestsSeries_IsMissing() =>
        Assert.Equal(Truth.Missing, Says("errors", Assist, new TestWindows().Set(Assist, "errors_5xx", 100, 10), 120));

    [Theory]
    [InlineData("latency")]
    [InlineData("latency.p99")]
    public void LatencySlo_LatencyTriples_FiresAndStaysWhileItLasts(string metric)
    {
        Random noise = new(1);
        TestWindows windows = new TestWindows()
            .Fill(Assist, metric, 0, 3 * Hour, s => (s < Hour ? 1.0 : 3.0) + (0.1 * noise.NextDouble()))
            .Fill(Assist, "requests", 0, 3 * Hour, 10);
        BoundRule rule = new(Find("latency-slo"), Assist, Map, windows);

        Assert.Equal(Truth.False, rule.Evaluate(At(Hour)).Truth);
        for (int second = Hour + 60; second <= 3 * Hour; second += 10)
        {
            Assert.Equal(Truth.True, rule.Evaluate(At(second)).Truth);
        }
    }

    [Fact]
    public void LatencySlo_QuietSeriesMovesALittle_StaysSilent()
    {
        // No noise at all: any move is many spreads, but not half as much again.
        TestWindows windows = new TestWindows().Fill(Assist, "latency", 0, 2 * Hour, s => s < Hour ? 1.0 : 1.3).Fill(Assist, "requests", 0, 2 * Hour, 10);

        Assert.Equal(Truth.False, Says("latency-slo", Assist, windows, Hour + 120));
    }

    [Fact]
    public void LatencySlo_YoungSeries_IsMissing()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "latency", 0, 1200, s => s < 1000 ? 1 : 9).Fill(Assist, "requests", 0, 1200, 10);

        Assert.Equal(Truth.Missing, Says("latency-slo", Assist, windows, 1200));
    }

    [Fact]
    public void LatencySlo_FewAnswers_IsFalse()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "latency", 0, 2 * Hour, s => s < Hour ? 1 : 9).Fill(Assist, "requests", 0, 2 * Hour, 0.1);

        Assert.Equal(Truth.False, Says("latency-slo", Assist, windows, Hour + 120));
    }

    [Fact]
    public void LatencySlo_WithObjective_FiresOnItsBurnRateOnly()
    {
        Rule rule = Parse("{ id: r, use: latency-slo, parameters: { objective: 2s } }");
        TestWindows slow = new TestWindows().Fill(Assist, "latency.p99", 0, Hour, s => s < 1800 ? 1 : 3);
        TestWindows fine = new TestWindows().Fill(Assist, "latency.p99", 0, Hour, s => s < 1800 ? 1 : 1.9);

        Assert.Equal(Truth.True, new BoundRule(rule, Assist, Map, slow).Evaluate(At(Hour)).Truth);
        Assert.Equal(Truth.False, new BoundRule(rule, Assist, Map, fine).Evaluate(At(Hour)).Truth);
    }

    [Fact]
    public void KvPressure_FullPool_FiresAndClearsBelowTheLowerThreshold()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "kv_cache_usage", 0, 600, s => s < 200 ? 0.6 : s < 400 ? 0.98 : 0.9).Fill(Assist, "kv_cache_usage", 600, 900, 0.7);
        BoundRule rule = new(Find("kv-pressure"), Assist, Map, windows);

        Assert.Equal(Truth.False, rule.Evaluate(At(200)).Truth);
        Assert.Equal(Truth.True, rule.Evaluate(At(400)).Truth);
        Assert.Equal(Truth.Hold, rule.Evaluate(At(600)).Truth);
        Assert.Equal(Truth.False, rule.Evaluate(At(900)).Truth);
    }

    [Fact]
    public void KvPressure_PreemptionsRise_Fires()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "kv_cache_usage", 0, 120, 0.9).Fill(Assist, "preemptions", 0, 120, 2);

        Assert.Equal(Truth.True, Says("kv-pressure", Assist, windows, 120));
    }

    [Fact]
    public void QueueGrowth_QueueOutgrowsTheBatch_Fires()
    {
        TestWindows growing = new TestWindows().Fill(Assist, "queue_depth", 0, 300, s => s / 5.0).Fill(Assist, "requests_running", 0, 300, 34);
        TestWindows still = new TestWindows().Fill(Assist, "queue_depth", 0, 300, s => 2 + (s / 10 % 3)).Fill(Assist, "requests_running", 0, 300, 34);

        Assert.Equal(Truth.True, Says("queue-growth", Assist, growing, 300));
        Assert.Equal(Truth.False, Says("queue-growth", Assist, still, 300));
    }

    [Theory]
    [InlineData("generation_tokens_per_second")]
    [InlineData("generation_tokens")]
    public void Hang_RequestsInsideAndNoTokens_Fires(string tokens)
    {
        TestWindows windows = new TestWindows().Fill(Assist, "requests_running", 0, 300, 3).Fill(Assist, tokens, 0, 300, s => s < 200 ? 500 : 0);

        Assert.Equal(Truth.False, Says("hang", Assist, windows, 200));
        Assert.Equal(Truth.True, Says("hang", Assist, windows, 300));
    }

    [Fact]
    public void Hang_IdleOrWithoutTokenMetric_DoesNotFire()
    {
        TestWindows idle = new TestWindows().Fill(Assist, "requests_running", 0, 300, 0).Fill(Assist, "generation_tokens_per_second", 0, 300, 0);

        Assert.Equal(Truth.False, Says("hang", Assist, idle, 300));
        Assert.Equal(Truth.Missing, Says("hang", Assist, new TestWindows().Fill(Assist, "requests_running", 0, 300, 3), 300));
    }

    [Fact]
    public void GpuMemory_SteadyCreep_FiresBeforeItIsFull()
    {
        Random noise = new(2);
        TestWindows windows = new TestWindows().Fill(Gpu(0), "gpu_memory_usage", 0, Hour, s => 0.8 + (0.12 * s / Hour) + (0.002 * noise.NextDouble()));

        Assert.Equal(Truth.True, Says("gpu-memory", Gpu(0), windows, Hour));
    }

    [Fact]
    public void GpuMemory_ModelLoadThenFlat_StaysSilent()
    {
        Random noise = new(3);
        TestWindows windows = new TestWindows().Fill(Gpu(0), "gpu_memory_usage", 0, Hour, s => (s < 1200 ? 0.02 : s < 1320 ? 0.02 + (0.88 * (s - 1200) / 120) : 0.9) + (0.001 * noise.NextDouble()));
        BoundRule rule = new(Find("gpu-memory"), Gpu(0), Map, windows);

        int fired = 0;
        for (int second = 600; second <= Hour; second += 10)
        {
            fired += rule.Evaluate(At(second)).Truth == Truth.True ? 1 : 0;
        }

        // The rule asks for five minutes (30 evaluations) in a row.
        Assert.True(fired < 30, $"{fired} evaluations were true");
    }

    [Fact]
    public void HotGpu_OneWorksAlone_Fires()
    {
        TestWindows windows = new TestWindows();
        for (int gpu = 0; gpu < 3; gpu++)
        {
            windows.Fill(Gpu(gpu), "gpu_utilization", 0, 300, gpu == 1 ? 0.98 : 0.2);
        }

        ConditionResult result = new BoundRule(Find("hot-gpu"), Assist, Map, windows).Evaluate(At(300));

        Assert.Equal(Truth.True, result.Truth);
        Assert.Equal(0.52, result.Explain().Value!.Value, 6);
        Assert.Equal(Truth.False, Says("hot-gpu", Assist, new TestWindows().Fill(Gpu(0), "gpu_utilization", 0, 300, 0.9).Fill(Gpu(1), "gpu_utilization", 0, 300, 0.6), 300));
    }

    [Fact]
    public void HotCopy_OneCopyTakesAll_Fires()
    {
        EntityId a = EntityId.ForCopy("chat", "assist", "a"), b = EntityId.ForCopy("chat", "assist", "b");
        TestWindows skewed = new TestWindows().Fill(a, "requests", 0, 300, 10).Fill(b, "requests", 0, 300, 0.2);
        TestWindows even = new TestWindows().Fill(a, "requests", 0, 300, 10).Fill(b, "requests", 0, 300, 8);

        Assert.Equal(Truth.True, Says("hot-copy", Assist, skewed, 300));
        Assert.Equal(Truth.False, Says("hot-copy", Assist, even, 300));
    }

    [Fact]
    public void HotCopy_OneCopyIsSlowWhileRequestsAreSpreadAway_Fires()
    {
        EntityId a = EntityId.ForCopy("chat", "assist", "a"), b = EntityId.ForCopy("chat", "assist", "b");
        TestWindows slow = Copies(a, b, tokens: 100, latency: 4);
        TestWindows idle = Copies(a, b, tokens: 100, latency: 1);
        TestWindows unlucky = Copies(a, b, tokens: 280, latency: 4);

        Assert.Equal(Truth.True, Says("hot-copy", Assist, slow, 300));
        Assert.Equal(Truth.False, Says("hot-copy", Assist, idle, 300));
        Assert.Equal(Truth.False, Says("hot-copy", Assist, unlucky, 300));

        static TestWindows Copies(EntityId a, EntityId b, double tokens, double latency) => new TestWindows()
            .Fill(a, "requests", 0, 300, 4).Fill(a, "generation_tokens_per_second", 0, 300, tokens).Fill(a, "latency", 0, 300, latency)
            .Fill(b, "requests", 0, 300, 4).Fill(b, "generation_tokens_per_second", 0, 300, 320).Fill(b, "latency", 0, 300, 1);
    }

    [Theory]
    [InlineData(79, Truth.True)]
    [InlineData(13, Truth.False)] // an application's fault, not the hardware's
    public void GpuFault_NewXid_FiresForHardwareClasses(int xid, Truth expected)
    {
        TestWindows windows = new TestWindows().Fill(Gpu(0), "xid_errors", 0, 900, s => s < 800 ? 0 : xid);

        Assert.Equal(expected, Says("gpu-fault", Gpu(0), windows, 900));
    }

    [Fact]
    public void GpuFault_OldXidStillShown_DoesNotFire() =>
        Assert.Equal(Truth.False, Says("gpu-fault", Gpu(0), new TestWindows().Fill(Gpu(0), "xid_errors", 0, 2 * Hour, s => s < 600 ? 0 : 79), 2 * Hour));

    [Fact]
    public void GpuFault_GpuGone_FiresOnlyWhileErrorsRise()
    {
        TestWindows windows = new TestWindows().Fill(Gpu(0), "gpu_utilization", 0, 600, 0.5);
        Assert.Equal(Truth.False, Says("gpu-fault", Gpu(0), windows, 900));

        windows.Fill(Assist, "errors_5xx", 800, 900, 2);
        Assert.Equal(Truth.True, Says("gpu-fault", Gpu(0), windows, 900));
    }

    [Fact]
    public void HostMemory_CreepWithoutLoad_FiresButNotWithLoad()
    {
        Random noise = new(4);
        TestWindows windows = new TestWindows().Fill(Instance, "memory_usage", 0, Hour, s => 0.6 + (0.2 * s / Hour) + (0.002 * noise.NextDouble())).Fill(Endpoint, "requests", 0, Hour, s => 50 + (s / 10 % 7));
        Assert.Equal(Truth.True, Says("host-memory", Instance, windows, Hour));

        windows.Fill(Endpoint, "requests", 0, Hour, s => 50 + (s / 10) + (s / 10 % 7));
        Assert.Equal(Truth.False, Says("host-memory", Instance, windows, Hour));
    }

    [Fact]
    public void QualityDrops_DetectorSpeaks_Fire()
    {
        TestQuality quality = new(Truth.True);
        foreach (string id in new[] { "integrity-drop", "safety-drop", "relevance-drop", "composite-drop" })
        {
            Rule rule = Find(id);
            Assert.Equal(Truth.True, new BoundRule(rule, Assist, Map, new TestWindows(), quality).Evaluate(At(600)).Truth);
            Assert.Equal(TimeSpan.Zero, rule.For);
            Assert.Equal(MissingPolicy.Hold, rule.Missing);
        }

        Assert.Equal(Truth.Hold, new BoundRule(Find("safety-drop"), Assist, Map, new TestWindows(), new TestQuality(Truth.Hold)).Evaluate(At(600)).Truth);
    }

    [Fact]
    public void JudgeAndSourceFault_TheirSignals_Fire()
    {
        EntityId judge = EntityId.ForComponent("_judge", "j1"), source = EntityId.ForComponent("_source", "cloudwatch");
        TestWindows windows = new TestWindows().Fill(judge, "judge_unknown_share", 0, 300, 0.3).Fill(source, "source_throttled", 0, 300, 1);

        Assert.Equal(Truth.True, Says("judge-fault", judge, windows, 300));
        Assert.Equal(Truth.True, Says("source-fault", source, windows, 300));
        Assert.Equal(Truth.False, Says("source-fault", source, new TestWindows().Fill(source, "points", 0, 300, 1), 300));
        Assert.Equal(Truth.True, Says("source-fault", source, new TestWindows().Fill(source, "points", 0, 300, 1), 600));
    }

    [Fact]
    public void Silent_DataStops_IsToldAsMissing()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "requests", 0, 300, 1);

        Assert.Equal(Truth.False, Says("silent", Assist, windows, 300));
        Assert.Equal(Truth.False, Says("silent", Endpoint, windows, 300));
        Assert.Equal(Truth.Missing, Says("silent", Assist, windows, 400));
        Assert.Equal(Truth.Hold, Says("silent", Search, windows, 400)); // never seen
        windows.Set(Assist, "in_service", 290, 0);
        Assert.Equal(Truth.False, Says("silent", Assist, windows, 400));
    }

    [Fact]
    public void EveryRule_TrafficSurgeWithinCapacity_StaysSilent()
    {
        Random noise = new(5);
        TestWindows windows = new();
        bool Surge(int s) => s >= Hour;
        foreach (EntityId component in new[] { Assist, Search })
        {
            windows.Fill(component, "requests", 0, 2 * Hour, s => (Surge(s) ? 40 : 20) + noise.Next(5))
                .Fill(component, "latency.p99", 0, 2 * Hour, s => (Surge(s) ? 2.4 : 2.0) + (0.1 * noise.NextDouble()))
                .Fill(component, "latency", 0, 2 * Hour, s => (Surge(s) ? 1.2 : 1.0) + (0.05 * noise.NextDouble()))
                .Fill(component, "ttft", 0, 2 * Hour, s => (Surge(s) ? 0.24 : 0.2) + (0.01 * noise.NextDouble()))
                .Fill(component, "queue_depth", 0, 2 * Hour, s => Surge(s) ? noise.Next(3) : 0)
                .Fill(component, "requests_running", 0, 2 * Hour, s => (Surge(s) ? 20 : 10) + noise.Next(3))
                .Fill(component, "kv_cache_usage", 0, 2 * Hour, s => (Surge(s) ? 0.7 : 0.35) + (0.03 * noise.NextDouble()))
                .Fill(component, "generation_tokens_per_second", 0, 2 * Hour, s => Surge(s) ? 1500 : 800);
        }

        for (int gpu = 0; gpu < 4; gpu++)
        {
            windows.Fill(Gpu(gpu), "gpu_utilization", 0, 2 * Hour, s => (Surge(s) ? 0.9 : 0.5) + (0.05 * noise.NextDouble()))
                .Fill(Gpu(gpu), "gpu_memory_usage", 0, 2 * Hour, _ => 0.9 + (0.001 * noise.NextDouble()));
        }

        windows.Fill(Instance, "memory_usage", 0, 2 * Hour, _ => 0.4 + (0.01 * noise.NextDouble()));
        BoundRule[] rules = [.. RuleSet.Default.Rules.SelectMany(r => RuleSelection.Select(r, Map).Where(t => t.Entity.Endpoint == "chat").Select(t => new BoundRule(r, t.Entity, Map, windows, new TestQuality(Truth.False))))];
        for (int second = 2700; second <= 2 * Hour; second += 60)
        {
            foreach (BoundRule rule in rules)
            {
                Assert.True(rule.Evaluate(At(second)).Truth != Truth.True, $"{rule.Rule.Id} of {rule.Target.Entity} at {second}");
            }
        }
    }

    private static Rule Find(string id) => RuleSet.Default.Find(id)!;

    private static Rule Parse(string rule)
    {
        RuleSet set = RuleFile.Parse($"version: 1\ngroups: [{{ name: g, rules: [{rule}] }}]", "t.yaml", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        return set.Rules[0];
    }

    private static Truth Says(string id, EntityId entity, TestWindows windows, int second) =>
        new BoundRule(Find(id), entity, Map, windows, new TestQuality(Truth.False)).Evaluate(At(second)).Truth;
}
