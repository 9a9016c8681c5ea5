using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules;

public sealed class BoundRuleTests
{
    [Theory]
    [InlineData("last(m) == 9")]
    [InlineData("avg(m[100s]) == 4.5")]
    [InlineData("avg(m[50s]) == 7")]
    [InlineData("min(m[30s]) == 7")]
    [InlineData("max(m[30s]) == 9")]
    [InlineData("sum(m[30s]) == 24")]
    [InlineData("count(m[30s]) == 3")]
    [InlineData("increase(m[30s]) == 24")]
    [InlineData("rate(m[30s]) == 0.8")]
    [InlineData("p50(m[30s]) == 8")]
    [InlineData("p75(m[50s]) == 8")]
    [InlineData("stddev(m[30s]) == 1")]
    [InlineData("slope(m[100s]) == 0.1")]
    [InlineData("above(m[100s], 6) == 0.3")]
    [InlineData("forecast(m[100s], 10s) > 10.99 and forecast(m[100s], 10s) < 11.01")]
    [InlineData("trend(m[100s]) == 1000")]
    [InlineData("occurs(m[100s], 3, 7) == 2")]
    [InlineData("age(m) == 0s")]
    [InlineData("age(any) == 0s")]
    [InlineData("not absent(m[30s])")]
    [InlineData("-m + 2 * m == 9")]
    [InlineData("(nothing else 4) == 4")]
    [InlineData("(m else 4) == 9")]
    [InlineData("last(nothing | m) == 9")]
    public void Evaluate_EachFunction_ComputesItsValue(string raise) =>
        Assert.Equal(Truth.True, Decide(raise, new TestWindows().Fill(Assist, "m", 0, 100, s => s / 10), 100));

    [Theory]
    [InlineData("last(kv_cache_usage) >= 95%", Truth.True)]
    [InlineData("last(kv_cache_usage) == 95%", Truth.True)]
    [InlineData("not avg(kv_cache_usage[1m]) < 95%", Truth.True)]
    [InlineData("avg(kv_cache_usage[1m]) > 95%", Truth.False)]
    [InlineData("above(kv_cache_usage[1m], 95%) > 0", Truth.False)]
    [InlineData("above(kv_cache_usage[1m], 94.999%) == 1", Truth.True)]
    [InlineData("avg(latency[1m]) > 300ms", Truth.False)] // 0.3 reads back 0.30000001
    [InlineData("above(latency[1m], 300ms) > 0", Truth.False)]
    public void Evaluate_ValueAtTheThreshold_IsEqualThoughWindowsKeepSinglePrecision(string raise, Truth expected)
    {
        WindowBlock block = new();
        foreach ((string metric, double value) in new[] { ("kv_cache_usage", 0.95), ("latency", 0.3) })
        {
            Assert.True(block.TryAdd(new SeriesKey(Assist, MetricName.Of(metric), LabelSet.Empty), BucketFold.Mean, out int column));
            for (int second = 0; second < 100; second += 10)
            {
                block.Upsert(column, At(second), value, At(second));
            }
        }

        Assert.Equal(expected, new BoundRule(Rule(raise), Assist, Map, block).Evaluate(At(100)).Truth);
    }

    [Theory]
    [InlineData("last(m) > 1", Truth.Missing)] // silent for more than 90 s
    [InlineData("avg(m[2m]) > 1", Truth.Missing)]
    [InlineData("age(m) > 4m", Truth.True)]
    [InlineData("absent(m[2m])", Truth.True)]
    [InlineData("absent(nothing[2m])", Truth.Hold)]
    [InlineData("nothing > 1 or n > 1", Truth.True)]
    [InlineData("nothing > 1 and n > 1", Truth.Missing)]
    [InlineData("nothing > 1 and n < 1", Truth.False)]
    [InlineData("not nothing > 1", Truth.Missing)]
    [InlineData("n / zero > 1", Truth.Missing)]
    [InlineData("broken > 1", Truth.Error)]
    [InlineData("broken > 1 or nothing > 1", Truth.Error)]
    [InlineData("broken > 1 or n > 1", Truth.True)]
    [InlineData("(broken else 3) > 1", Truth.Error)]
    [InlineData("slope(n[10m]) > 0", Truth.Missing)] // a corner of the window only
    public void Evaluate_GapsAndErrors_AreTheThirdValue(string raise, Truth expected)
    {
        TestWindows windows = new TestWindows().Fill(Assist, "m", 0, 100, 5).Fill(Assist, "n", 300, 400, 5).Fill(Assist, "zero", 300, 400, 0).Fill(Assist, "broken", 300, 400, double.NaN);

        Assert.Equal(expected, Decide(raise, windows, 400));
    }

    [Fact]
    public void Evaluate_Window_IsTheBucketsThatEndAtNow()
    {
        TestWindows windows = new TestWindows().Set(Assist, "m", 90, 1).Set(Assist, "m", 100, 2);

        Assert.Equal(Truth.True, Decide("sum(m[10s]) == 1", windows, 100));
        Assert.Equal(Truth.True, Decide("sum(m[20s]) == 3", windows, 110));
        Assert.Equal(Truth.True, Decide("sum(m[10s]) == 2", windows, 110));
    }

    [Fact]
    public void Evaluate_SeriesAppearsLater_IsFound()
    {
        TestWindows windows = new();
        BoundRule rule = new(Rule("last(a | b) > 1"), Assist, Map, windows);

        Assert.Equal(Truth.Missing, rule.Evaluate(At(10)).Truth);
        windows.Set(Assist, "b", 10, 2);
        Assert.Equal(Truth.True, rule.Evaluate(At(20)).Truth);
        windows.Set(Assist, "a", 20, 0);
        Assert.Equal(Truth.False, rule.Evaluate(At(30)).Truth); // the first choice is there now
    }

    [Fact]
    public void Evaluate_ReachAndRelatives_FollowTheTopology()
    {
        TestWindows windows = new TestWindows().Set(Endpoint, "requests", 90, 7).Set(Instance, "memory_usage", 90, 0.5);
        for (int gpu = 0; gpu < 4; gpu++)
        {
            windows.Set(Gpu(gpu), "gpu_utilization", 90, 0.1 + (gpu * 0.2));
        }

        Assert.Equal(Truth.True, Decide("endpoint.requests == 7", windows, 100));
        Assert.Equal(Truth.True, Decide("endpoint.requests == 7", windows, 100, Gpu(1)));
        Assert.Equal(Truth.True, Decide("instance.memory_usage == 50%", windows, 100, Gpu(1)));
        Assert.Equal(Truth.True, Decide("instance.memory_usage == 50%", windows, 100, EntityId.ForCopy("chat", "assist", "a")));
        Assert.Equal(Truth.True, Decide("max over gpu (last(gpu_utilization)) == 50%", windows, 100)); // GPUs 0 to 2
        Assert.Equal(Truth.True, Decide("min over gpu (last(gpu_utilization)) > 60%", windows, 100, Search));
        Assert.Equal(Truth.True, Decide("count over gpu (gpu_utilization > 20%) == 2", windows, 100));
        Assert.Equal(Truth.True, Decide("any gpu (gpu_utilization > 45%)", windows, 100));
        Assert.Equal(Truth.False, Decide("all gpu (gpu_utilization > 45%)", windows, 100));
        Assert.Equal(Truth.Missing, Decide("any gpu (gpu_power > 45)", windows, 100));
    }

    [Fact]
    public void Evaluate_OneRelativeWithoutSeries_DoesNotKeepTheRuleOpen()
    {
        TestWindows windows = new TestWindows().Fill(Gpu(0), "gpu_utilization", 0, 400, 0.1).Fill(Gpu(1), "gpu_utilization", 0, 400, 0.1);
        Assert.Equal(Truth.False, Decide("any gpu (avg(gpu_utilization[1m]) > 45%)", windows, 400));

        windows.Fill(Gpu(2), "gpu_utilization", 0, 100, 0.1); // went silent
        Assert.Equal(Truth.Missing, Decide("any gpu (avg(gpu_utilization[1m]) > 45%)", windows, 400));
        Assert.Equal(Truth.False, Decide("max over gpu (avg(gpu_utilization[1m])) > 45%", windows, 400));
    }

    [Fact]
    public void Evaluate_OnlyComponentOfItsEndpoint_OwnsWhatIsMeasuredThere()
    {
        TestWindows windows = new TestWindows().Set(EntityId.ForEndpoint("solo"), "requests", 90, 7).Set(Endpoint, "requests", 90, 7);

        Assert.Equal(Truth.True, Decide("requests == 7", windows, 100, EntityId.ForComponent("solo", "only")));
        Assert.Equal(Truth.Missing, Decide("requests == 7", windows, 100, Assist));
    }

    [Fact]
    public void Evaluate_ChangedAboveTheEntity_IsSeen()
    {
        TestWindows windows = new TestWindows().Set(Endpoint, "DeploymentEvent", 100, 1);

        Assert.Equal(Truth.True, Decide("changed(deployment, 30m)", windows, 600));
        Assert.Equal(Truth.False, Decide("changed(deployment, 5m)", windows, 600));
        Assert.Equal(Truth.False, Decide("changed(restart, 30m)", windows, 600));
    }

    [Fact]
    public void Evaluate_SeparateClear_HoldsInBetween()
    {
        TestWindows windows = new();
        BoundRule rule = new(Rule("m > 10", "clear: m < 5"), Assist, Map, windows);
        Truth At7(double value) => rule.Evaluate(windows.Set(Assist, "m", 60, value) is var _ ? At(70) : default).Truth;

        Assert.Equal((Truth.True, Truth.Hold, Truth.False), (At7(11), At7(7), At7(3)));
    }

    [Fact]
    public void Evaluate_ResidualLabels_PickTheirSeries()
    {
        LabelSet a = LabelSet.Of([new("adapter", "a")]), b = LabelSet.Of([new("adapter", "b")]);
        TestWindows windows = new TestWindows().Set(Assist, "latency", 90, 1, a).Set(Assist, "latency", 90, 9, b).Set(Assist, "requests", 90, 4);
        Rule rule = Rule("latency > 5s and requests > 1", "select: { adapter: '*' }");
        SeriesIndex index = new(windows);
        RuleTarget[] targets = [.. RuleSelection.Select(rule, Map, windows.Series)];

        Assert.Equal([a, b], targets.Select(t => t.Residual));
        Assert.Equal([Truth.False, Truth.True], targets.Select(t => new BoundRule(rule, t, Map, index).Evaluate(At(100)).Truth));
        Assert.Equal(Truth.Missing, Decide("latency > 5s", windows, 100)); // two series, and none asked for
    }

    [Theory]
    [InlineData(Truth.True, Truth.True)]
    [InlineData(Truth.Hold, Truth.Hold)]
    [InlineData(Truth.False, Truth.False)]
    [InlineData(Truth.Missing, Truth.Missing)]
    public void Evaluate_Quality_IsWhatTheDetectorSays(Truth said, Truth expected)
    {
        TestWindows windows = new TestWindows().Fill(Gpu(0), "gpu_memory_usage", 0, 300, 0.95);

        Assert.Equal(expected, Decide("quality(integrity) < 0.97", windows, 300, quality: new TestQuality(said)));
        Assert.Equal(expected, Decide("any gpu (avg(gpu_memory_usage[5m]) > 90%) and quality(integrity) < 0.97", windows, 300, quality: new TestQuality(said)));
        Assert.Equal(Truth.True, Decide("unknown(safety)[5m] > 20%", windows, 300, quality: new TestQuality(said, 0.3)));
        Assert.Equal(Truth.Missing, Decide("coverage(safety)[5m] < 20%", windows, 300, quality: new TestQuality(said)));
    }

    [Fact]
    public void Evaluate_BurnRate_NeedsBothWindows()
    {
        TestWindows old = new TestWindows().Fill(Assist, "requests", 0, 3600, 100).Fill(Assist, "errors_5xx", 0, 3000, 5);
        TestWindows now = new TestWindows().Fill(Assist, "requests", 0, 3600, 100).Fill(Assist, "errors_5xx", 0, 3600, 5);

        Assert.Equal(Truth.False, Decide("\"slo(requests - errors_5xx, requests, 99.9%, windows: 1h/5m)\"", old, 3600));
        Assert.Equal(Truth.True, Decide("\"slo(requests - errors_5xx, requests, 99.9%, windows: 1h/5m)\"", now, 3600));
        Assert.Equal(Truth.Missing, Decide("slo(requests - errors_5xx, requests, 99.9%)", new TestWindows(), 3600));
    }

    [Fact]
    public void Explain_True_NamesValueAndThreshold()
    {
        TestWindows windows = new TestWindows().Fill(Assist, "kv_cache_usage", 0, 120, 0.972);

        Evidence evidence = Result("avg(kv_cache_usage[2m]) > 95%", windows, 120).Explain();

        Assert.Equal(new Evidence(0.972, 0.95, "KV cache usage 97.2 % over 2m, above 95 %"), evidence with { Value = Math.Round(evidence.Value!.Value, 9) });
    }

    [Theory]
    [InlineData("max(latency.p99[1m]) > 250ms", "Latency p99 up to 400 ms over 1m, above 250 ms")]
    [InlineData("latency.p99 > 2s", "Latency p99 400 ms, at or below 2 s")]
    [InlineData("any gpu (gpu_memory_usage > 90%)", "chat/i-0abc/1: GPU memory usage 96 %, above 90 %")]
    [InlineData("nothing_here > 3", "no data for Nothing here 0")]
    [InlineData("latency.p99 > 5s or gpu_power > 5", "no data for GPU power 0 W")]
    [InlineData("latency.p99 > 5s and gpu_power > 5", "Latency p99 400 ms, at or below 5 s")]
    [InlineData("0s == 0s and latency.p99 > 250ms", "Latency p99 400 ms, above 250 ms")]
    [InlineData("(0s > 0s and latency.p99 > 1s) or (0s == 0s and latency.p99 > 1s)", "Latency p99 400 ms, at or below 1 s")]
    [InlineData("max over gpu (gpu_memory_usage) - avg over gpu (gpu_memory_usage) > 20%", "chat/i-0abc/1: GPU memory usage 96 % minus mean over gpus of GPU memory usage 73 % makes 23 %, above 20 %")]
    [InlineData("latency.p99 > 2 * 0.7 * (latency.p99 - 0.1s)", "Latency p99 400 ms, at or below 1.4 times (Latency p99 400 ms minus 100 ms) makes 420 ms")]
    [InlineData("latency.p99 < 1 * 1 * max(latency.p99[1m])", "Latency p99 400 ms, at or above Latency p99 up to 400 ms over 1m")]
    [InlineData("(nothing_here else 0) > 3", "Nothing here 0 (no data), at or below 3")]
    [InlineData("changed(scaling, 30m)", "no change (scaling) within 30m")]
    public void Explain_Kinds_ReadAsSentences(string raise, string text)
    {
        TestWindows windows = new TestWindows().Fill(Assist, "latency.p99", 0, 120, 0.4).Fill(Gpu(0), "gpu_memory_usage", 0, 120, 0.5).Fill(Gpu(1), "gpu_memory_usage", 0, 120, 0.96);

        Assert.Equal(text, Result(raise, windows, 120).Explain().Text);
    }

    [Fact]
    public void Explain_Quality_CarriesItsBounds()
    {
        Evidence evidence = Result("quality(integrity) < 0.97", new TestWindows(), 120, quality: new TestQuality(Truth.True)).Explain();

        Assert.Equal(new Evidence(0.91, 0.97, "integrity 0.91 (0.86 to 0.94, 180 answers), below 0.97 by the evidence (evidence 420 of 1000)", 180, 0.86, 0.94), evidence);
    }

    [Fact]
    public void Evaluate_UnchangedAndNotTrue_AllocatesNothing()
    {
        ArrayWindows windows = new(Assist, "kv_cache_usage", 400, i => 0.5);
        BoundRule rule = new(
            Rule("(avg(kv_cache_usage[5m]) > 95% or absent(any[5m]) or occurs(kv_cache_usage[5m], 1, 2) > 3 or changed(restart, 5m)) and p99(kv_cache_usage[5m]) > 10%"), Assist, Map, windows);
        for (int i = 0; i < 100; i++)
        {
            rule.Evaluate(At(3000));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            rule.Evaluate(At(3000));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
