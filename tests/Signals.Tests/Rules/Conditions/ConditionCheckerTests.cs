using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules.Conditions;

public sealed class ConditionCheckerTests
{
    [Theory]
    [InlineData("avg(latency[5m]) > 5", "5 of what? Write 5s or 5ms")]
    [InlineData("avg(latency[5m]) > 95%", "a time and a share cannot be compared")]
    [InlineData("avg(kv_cache_usage[5m]) > 95", "a share of 95? Write 95%")]
    [InlineData("avg(kv_cache_usage[5m]) > 3s", "a share and a time cannot be compared")]
    [InlineData("kv_cache_usage + latency > 1s", "a share and a time cannot be added")]
    [InlineData("rate(requests[5m]) > 5s", "a rate per second and a time cannot be compared")]
    [InlineData("slope(kv_cache_usage[5m]) > 1%", "a share per second and a share cannot be compared")]
    [InlineData("age(requests) > 5", "5 of what? Write 5s or 5ms")]
    [InlineData("latency else 0% > 1s", "a time and a share cannot be used in its place")]
    [InlineData("above(latency[5m], 95%) > 1%", "a time and a share cannot be compared")]
    public void Check_UnitsThatDoNotFit_AreErrors(string raise, string message) => Assert.Equal(message, Error(raise));

    [Theory]
    [InlineData("avg(latency[5m]) > 250ms")]
    [InlineData("avg(kv_cache_usage[5m]) > 0.95")]
    [InlineData("increase(errors_5xx[5m]) / increase(requests[5m]) > 2%")]
    [InlineData("rate(requests[5m]) > 3/s")]
    [InlineData("rate(requests[5m]) > 3")]
    [InlineData("avg(latency[5m]) * rate(requests[5m]) > 20")]
    [InlineData("queue_depth > 2 * requests_running")]
    [InlineData("avg(my_metric[5m]) > 5s and my_metric < 3%")]
    [InlineData("slope(gpu_memory_usage[30m]) > 1%/h")]
    [InlineData("rate(prompt_tokens[5m]) / prompt_tokens_per_second > 2")]
    public void Check_UnitsThatFit_AreAccepted(string raise) => _ = Rule(raise, scope: "component");

    [Theory]
    [InlineData("kv_cache_usage < 5%", "this fires when kv_cache_usage is well: the catalogue says that higher is worse")]
    [InlineData("not kv_cache_usage > 95%", "this fires when kv_cache_usage is well: the catalogue says that higher is worse")]
    [InlineData("5% > kv_cache_usage", "this fires when kv_cache_usage is well: the catalogue says that higher is worse")]
    [InlineData("generation_tokens_per_second > 5", "this fires when generation_tokens_per_second is well: the catalogue says that lower is worse")]
    [InlineData("quality(safety) > 0.9", "this fires when quality(safety) is well: the catalogue says that lower is worse")]
    [InlineData("latency > 5s or kv_cache_usage < 5%", "this fires when kv_cache_usage is well: the catalogue says that higher is worse")]
    [InlineData("max over gpu (last(gpu_memory_usage)) < 5%", "this fires when gpu_memory_usage is well: the catalogue says that higher is worse")]
    [InlineData("baseline(latency) < -6", "this fires when latency is well: the catalogue says that higher is worse")]
    public void Check_InvertedDirection_IsRefused(string raise, string message) => Assert.Equal(message, Error(raise));

    [Theory]
    [InlineData("latency > 5s and kv_cache_usage < 5%")] // narrows
    [InlineData("gpu_utilization < 5%")] // neutral
    [InlineData("generation_tokens_per_second < 5")]
    [InlineData("quality(safety) < 0.9")]
    [InlineData("kv_cache_usage == 0%")]
    public void Check_RightOrNoDirection_IsAccepted(string raise) => _ = Rule(raise);

    [Fact]
    public void Check_ClearThatPointsTheWrongWay_IsRefused()
    {
        string message = Assert.Single(Errors("version: 1\ngroups: [{ name: g, rules: [{ id: r, raise: kv_cache_usage > 95%, clear: kv_cache_usage > 85% }] }]")).Message;

        Assert.Equal("this clears while kv_cache_usage is bad: the catalogue says that higher is worse", message);
    }

    [Theory]
    [InlineData("avg(latency.p99[5m]) > 1s", "latency.p99 is a percentile, and percentiles are never averaged: write max(latency.p99[5m])")]
    [InlineData("p50(latency.p99[5m]) > 1s", "latency.p99 is a percentile, and percentiles are never averaged: write max(latency.p99[5m])")]
    [InlineData("avg over copy (last(latency.p90)) > 1s", "latency.p90 is a percentile, and percentiles are never averaged: write max over copy (…)")]
    [InlineData("avg(latency | latency.p99[5m]) > 1s", "latency.p99 is a percentile, and percentiles are never averaged: write max(latency | latency.p99[5m])")]
    public void Check_AveragedPercentile_IsRefused(string raise, string message) => Assert.Equal(message, Error(raise));

    [Theory]
    [InlineData("max(latency.p99[5m]) > 1s")]
    [InlineData("baseline(latency.p99) > 6")]
    [InlineData("max over copy (last(latency.p90)) > 1s")]
    public void Check_PercentileNotAveraged_IsAccepted(string raise) => _ = Rule(raise);

    [Theory]
    [InlineData("quality(beauty) < 0.5", "unknown quality dimension 'beauty'")]
    [InlineData("drift(beauty)", "unknown quality dimension 'beauty'")]
    [InlineData("quality(safety) <= 0.5", "quality is compared with < or >")]
    [InlineData("quality(safety) < 1.5", "quality is compared with one number between 0 and 1")]
    [InlineData("quality(safety) < quality(tone)", "quality is compared with one number between 0 and 1")]
    [InlineData("quality(safety)", "quality(safety) is decided by a detector")]
    [InlineData("1 - quality(safety) > 0.5", "quality(safety) is decided by a detector")]
    public void Check_QualityMisused_IsAnError(string raise, string start) => Assert.StartsWith(start, Error(raise), StringComparison.Ordinal);

    [Theory]
    [InlineData("avg(latency[5m])", "this is a number: a condition compares it with another")]
    [InlineData("(latency > 1s) > 1", "this is a condition, where a number is needed")]
    [InlineData("latency > 1s and 3", "this is a number: a condition compares it with another")]
    [InlineData("max over gpu (gpu_utilization > 1%) > 1", "this is a condition, where a number is needed")]
    [InlineData("any gpu (gpu_utilization)", "this is a number: a condition compares it with another")]
    [InlineData("absent(latency[5m]) > 1", "this is a condition, where a number is needed")]
    [InlineData("last(any) > 1", "'any' stands for every series: only absent(any[w]) and age(any) take it")]
    [InlineData("rate(kv_cache_usage[5m]) > 1", "rate is for counters and histograms, and kv_cache_usage is a gauge: write slope(kv_cache_usage[5m])")]
    [InlineData("forecast(kv_cache_usage[5m], 3) > 99%", "a forecast looks a length of time ahead, up to 168h")]
    [InlineData("instance.memory_usage > 1%", "instance.memory_usage has no single instance here: write max over instance (memory_usage)")]
    [InlineData("slo(kv_cache_usage, requests, 99%)", "slo counts what happened, and kv_cache_usage is a gauge")]
    [InlineData("slo(requests, requests, 100%)", "the target of slo is a share between 0 and 100%, such as 99.9%")]
    public void Check_WrongKind_IsAnError(string raise, string message) => Assert.Equal(message, Error(raise));

    [Fact]
    public void Check_RelativesThatTheScopeHasNot_AreAnError() =>
        Assert.Equal("a rule of scope gpu has no copy to ask", Error("any copy (requests > 1)", "gpu"));

    [Fact]
    public void Check_UnknownMetric_IsAllowed() => _ = Rule("max(anything_else[5m]) > 3");
}
