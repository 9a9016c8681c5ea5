using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Tests.Metrics;

public sealed class MetricCatalogueTests
{
    private static readonly MetricCatalogue Catalogue = MetricCatalogue.Default;

    [Theory]
    [InlineData("ModelLatency", "latency", 1e-6)]
    [InlineData("ModelLatency.p99", "latency.p99", 1e-6)]
    [InlineData("ModelLatency.p99.9", "latency.p99.9", 1e-6)]
    [InlineData("ModelLatency.Average", "latency.average", 1e-6)]
    [InlineData("latency.max", "latency.maximum", 1)]
    [InlineData("KVCacheUtilization", "kv_cache_usage", 0.01)]
    [InlineData("vllm:kv_cache_usage_perc", "kv_cache_usage", 1)]
    [InlineData("vllm_kv_cache_usage_perc", "kv_cache_usage", 1)]
    [InlineData("sglang_num_queue_reqs", "queue_depth", 1)]
    [InlineData("safety_score", "safety", 1)]
    [InlineData("my.own.metric", "my.own.metric", 1)]
    [InlineData("my.own.p95", "my.own.p95", 1)]
    [InlineData("gen_ai.server.request.duration", "request_latency", 1)]
    public void Resolve_SourceName_IsCanonical(string source, string canonical, double scale)
    {
        ResolvedMetric resolved = Catalogue.Resolve(source);
        Assert.Equal((canonical, scale), (resolved.Metric.Text, resolved.Scale));
    }

    [Theory]
    [InlineData("avg", "average")]
    [InlineData("SampleCount", "count")]
    [InlineData("P99", "p99")]
    [InlineData("p99.9", "p99.9")]
    [InlineData("p0", null)]
    [InlineData("p100", null)]
    [InlineData("p1e1", null)]
    [InlineData("p+9", null)]
    [InlineData("p9,9", null)]
    [InlineData("perc", null)]
    [InlineData("p", null)]
    public void StatisticOf_Text_IsCanonicalOrNull(string text, string? statistic) => Assert.Equal(statistic, MetricCatalogue.StatisticOf(text));

    [Fact]
    public void Default_Names_AreUniqueAndNoAliasHidesOne()
    {
        string[] names = [.. Catalogue.Definitions.Select(d => d.Name)];
        string[] aliases = [.. Catalogue.Definitions.SelectMany(d => d.Aliases).Select(a => a.Name)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(aliases.Length, aliases.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(names.Intersect(aliases, StringComparer.Ordinal));
    }

    [Fact]
    public void Default_EveryEntry_IsConsistent()
    {
        Assert.All(Catalogue.Definitions, d =>
        {
            Assert.Matches("^[a-z][a-z0-9_]*$", d.Name);
            Assert.All(d.Aliases, a => Assert.True(a.Scale > 0 && double.IsFinite(a.Scale), a.Name));
            Assert.All(d.Aliases, a => Assert.True(a.Temporality == AliasTemporality.Delta || d.Kind is MetricKind.Counter or MetricKind.Histogram, a.Name));
            // An aliased name resolves to its own entry, not to another's statistic.
            Assert.All(d.Aliases, a => Assert.Equal(d.Name, Catalogue.Resolve(a.Name).Metric.Text));
        });
    }

    [Fact]
    public void Constructor_AliasOfTwoEntries_IsRefused()
    {
        MetricDefinition One(string name) => new(name, MetricUnit.None, MetricKind.Gauge, MetricDirection.Neutral, MissingPolicy.Hold, "", new MetricAlias("same", "vllm"));
        Assert.Throws<ArgumentException>(() => new MetricCatalogue([One("a"), One("b")]));
    }

    [Fact]
    public void Describe_Unknown_IsANeutralGauge()
    {
        MetricDefinition definition = Catalogue.Describe(MetricName.Of("mine", "p99"));
        Assert.Equal(("mine", MetricKind.Gauge, MetricDirection.Neutral), (definition.Name, definition.Kind, definition.Direction));
        Assert.False(Catalogue.TryGet("mine", out _));
    }
}
