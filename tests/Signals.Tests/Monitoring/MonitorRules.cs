using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

/// <summary>One small rule set, and the series that it asks about.</summary>
internal static class MonitorRules
{
    public const string Text = """
        version: 1
        receivers:
          oncall: { webhook: { url: "http://127.0.0.1/page" }, fallback: log }
          log: { log: {} }
        routes:
          - match: { severity: page, component: "assist*" }
            receiver: oncall
        groups:
          - name: test
            rules:
              - id: pressure
                scope: component
                raise: avg(kv_cache_usage[1m]) > 90%
                clear: avg(kv_cache_usage[1m]) < 80%
                for: 0s
                keep: 30s
                severity: page
        """;

    public static readonly EntityId Endpoint = EntityId.ForEndpoint("chat");

    public static readonly EntityId Component = EntityId.ForComponent("chat", "assist");

    public static readonly SeriesKey Usage = new(Component, MetricName.Of("kv_cache_usage"));

    public static RuleSet Read(string text = Text)
    {
        RuleSet rules = RuleFile.Parse(text, "rules.yaml", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        return rules;
    }
}
