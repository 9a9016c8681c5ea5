using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Tests.Rules.Conditions;

public sealed class ConditionParserTests
{
    private static readonly Dictionary<string, NumberExpression> None = [];

    [Theory]
    [InlineData("avg(kv_cache_usage[2m]) > 95%", "avg(kv_cache_usage[2m]) > 95%")]
    [InlineData("queue_depth > requests_running", "last(queue_depth) > last(requests_running)")]
    [InlineData("not a > 1 and b > 2 or c > 3", "not last(a) > 1 and last(b) > 2 or last(c) > 3")]
    [InlineData("a > 1 or b > 2 and c > 3", "last(a) > 1 or last(b) > 2 and last(c) > 3")]
    [InlineData("(a > 1 or b > 2) and c > 3", "(last(a) > 1 or last(b) > 2) and last(c) > 3")]
    [InlineData("a - (b - c) > -1", "last(a) - (last(b) - last(c)) > -1")]
    [InlineData("(a + b) * 2 > 1", "(last(a) + last(b)) * 2 > 1")]
    [InlineData("a / b else 0 > 1", "last(a) / last(b) else 0 > 1")]
    [InlineData("max over gpu (avg(gpu_utilization[5m])) > 40%", "max over gpu (avg(gpu_utilization[5m])) > 40%")]
    [InlineData("max gpu (avg(gpu_utilization[5m])) > 40%", "max over gpu (avg(gpu_utilization[5m])) > 40%")]
    [InlineData("any over gpu (gpu_utilization > 1%)", "any gpu (last(gpu_utilization) > 1%)")]
    [InlineData("count over copy (requests > 1) >= 2", "count over copy (last(requests) > 1) >= 2")]
    [InlineData("quality(integrity) < 0.97", "quality(integrity) < 0.97")]
    [InlineData("unknown(relevance)[15m] > 20%", "unknown(relevance)[15m] > 20%")]
    [InlineData("p99.9(latency[5m]) > 250ms", "p99.9(latency[5m]) > 250ms")]
    [InlineData("max(ModelLatency.p99[5m]) > 1.5s", "max(latency.p99[5m]) > 1.5s")]
    [InlineData("last(latency.p99 | latency) > 2s", "last(latency.p99 | latency) > 2s")]
    [InlineData("endpoint.requests > 3", "last(endpoint.requests) > 3")]
    [InlineData("rate(vllm:num_preemptions_total[5m]) > 2/s", "rate(preemptions[5m]) > 2/s")]
    [InlineData("slope(memory_usage[30m]) > 1%/h", "slope(memory_usage[30m]) > 1%/h")]
    [InlineData("changed(deployment, 30m)", "changed(deployment, 30m)")]
    [InlineData("absent(any[staleAfter])", "absent(any[staleAfter])")]
    [InlineData("slo(requests - errors_5xx, requests, 99.9%, windows: 1h/5m and 6h/30m)", "slo(requests - errors_5xx, requests, 99.9%, windows: 1h/5m and 6h/30m)")]
    [InlineData("slo(requests, requests, 99%)", "slo(requests, requests, 99%, windows: 1h/5m and 6h/30m)")]
    [InlineData("last(\"my metric\"[90s]) > 1", "last(\"my metric\"[90s]) > 1")]
    [InlineData("forecast(gpu_memory_usage[30m], 1h) >= 100%", "forecast(gpu_memory_usage[30m], 1h) >= 100%")]
    public void TryParse_Valid_PrintsCanonically(string text, string printed)
    {
        Expression? condition = ConditionParser.TryParse(text, None, out ConditionError? error);

        Assert.Null(error);
        Assert.Equal(printed, condition!.ToString());
        Assert.Equal(condition, ConditionParser.TryParse(printed, None, out _));
    }

    [Theory]
    [InlineData("", 0, "expected a number, a function or '(', found the end")]
    [InlineData("a >", 3, "expected a number, a function or '(', found the end")]
    [InlineData("a > 1 b", 6, "expected 'and', 'or' or the end, found 'b'")]
    [InlineData("a > 1 > 0", 6, "comparisons do not chain: join two with 'and'")]
    [InlineData("a = 1", 2, "'=' is no comparison: write '=='")]
    [InlineData("a > 1 && b > 2", 6, "write 'and'")]
    [InlineData("!a", 0, "write 'not'")]
    [InlineData("(a > 1", 6, "expected ')', found the end")]
    [InlineData("a > 5parsecs", 5, "unknown unit 'parsecs': known are %, ms, s, m, h, B, KiB, MiB, GiB, /s, /m, /h")]
    [InlineData("a > 1.2.3", 4, "'1.2.3' is no number")]
    [InlineData("avg(a) > 1", 5, "avg needs a window: avg(a[5m])")]
    [InlineData("age(a[5m]) > 1s", 0, "age takes no window: age(a)")]
    [InlineData("forecast(a[5m]) > 1", 0, "forecast takes 1 numbers after the metric, 0 given")]
    [InlineData("avg(a[5m], 3) > 1", 0, "avg takes 0 numbers after the metric, 1 given")]
    [InlineData("avg(a[25h]) > 1", 6, "a window is at most 24h")]
    [InlineData("avg(a[0s]) > 1", 6, "a window is a length of time such as 30s or 5m, not '0s'")]
    [InlineData("avg(a[5%]) > 1", 6, "a window is a length of time such as 30s or 5m, not '5%'")]
    [InlineData("drift(safety)[5m]", 13, "drift takes no window: its detector decides how much evidence is enough")]
    [InlineData("unknown(safety) > 1%", 16, "unknown needs a window: unknown(safety)[15m]")]
    [InlineData("changed(weather, 5m)", 8, "expected deployment, adapter, scaling or restart, found 'weather'")]
    [InlineData("any rack (a > 1)", 4, "expected gpu, copy, instance or component, found 'rack'")]
    [InlineData("a > $b", 4, "unknown parameter '$b'")]
    [InlineData("last(\"a) > 1", 5, "the quoted name is not closed")]
    [InlineData("a > 1 and and", 10, "expected a number, a function or '(', found 'and'")]
    [InlineData("a ; b", 2, "unexpected character ';'")]
    public void TryParse_Invalid_SaysWhereAndWhy(string text, int offset, string message)
    {
        Assert.Null(ConditionParser.TryParse(text, None, out ConditionError? error));
        Assert.Equal(new ConditionError(offset, message), error);
    }

    [Fact]
    public void TryParse_UnknownFunction_NamesTheKnownOnes()
    {
        ConditionParser.TryParse("median(a[5m]) > 1", None, out ConditionError? error);

        Assert.StartsWith("unknown function 'median': known are last, avg,", error!.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TooDeepOrTooLong_IsRefused()
    {
        string deep = new string('(', 5000);
        ConditionParser.TryParse(deep[..4000], None, out ConditionError? tooDeep);
        ConditionParser.TryParse(deep, None, out ConditionError? tooLong);
        ConditionParser.TryParse(string.Concat(Enumerable.Repeat("not ", 200)) + "a > 1", None, out ConditionError? nots);

        Assert.Equal("nested deeper than 32 levels", tooDeep!.Value.Message);
        Assert.Equal("a condition has at most 4096 characters, this one 5000", tooLong!.Value.Message);
        Assert.Equal("nested deeper than 32 levels", nots!.Value.Message);
    }

    [Fact]
    public void TryParse_Parameter_IsReplacedByItsNumber()
    {
        Dictionary<string, NumberExpression> parameters = new() { ["usage"] = new(90, NumberUnit.Percent), ["window"] = new(3, NumberUnit.Minutes) };

        Assert.Equal("avg(kv_cache_usage[3m]) > 90%", ConditionParser.TryParse("avg(kv_cache_usage[$window]) > $usage", parameters, out _)!.ToString());
    }

    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("95%", 0.95)]
    [InlineData("2GiB", 2147483648.0)]
    [InlineData("90/m", 1.5)]
    [InlineData("1.5e3", 1500)]
    [InlineData("2h", 7200)]
    public void TryParseNumber_WithUnit_IsInTheCanonicalUnit(string text, double value) =>
        Assert.Equal(value, ConditionParser.TryParseNumber(text, out _)!.Value, 12);
}
