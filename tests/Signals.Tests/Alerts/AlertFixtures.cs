using System.Collections.Frozen;
using System.Collections.Immutable;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Alerts;

/// <summary>What the tests of this room build their cases from.</summary>
internal static class AlertFixtures
{
    public const string Endpoint = "chat";

    public static readonly Timestamp T0 = Timestamp.Parse("2026-03-01T12:00:00Z");
    public static readonly EntityId Component = EntityId.ForComponent(Endpoint, "assist");
    public static readonly EntityId Other = EntityId.ForComponent(Endpoint, "search");

    public static Timestamp At(double seconds) => T0 + TimeSpan.FromSeconds(seconds);

    public static AlertPolicy Policy(
        string rule = "kv-pressure",
        double forSeconds = 60,
        double keepSeconds = 60,
        MissingPolicy missing = MissingPolicy.Hold,
        Severity severity = Severity.Page,
        int required = 0,
        int ofLast = 0,
        string version = "v1",
        bool isObserved = false) => new(
            rule, version, TimeSpan.FromSeconds(forSeconds), required, ofLast, TimeSpan.FromSeconds(keepSeconds), missing, severity, isObserved,
            MaxGap: TimeSpan.FromSeconds(25), StaleAfter: TimeSpan.FromSeconds(90), ErrorFor: TimeSpan.FromSeconds(30));

    public static AlertInput.Observation Seen(Truth truth, double from, double asOf, bool isWarming = false, int count = 0, double held = 0) =>
        new(truth, At(from), At(asOf), TimeSpan.FromSeconds(held), count, isWarming, Evidence.None);

    public static Verdict Verdict(
        Truth truth,
        double from,
        double asOf,
        string rule = "kv-pressure",
        EntityId? entity = null,
        string version = "v1",
        VerdictEpoch? epoch = null,
        bool isWarming = false) => new(
            rule, version, entity ?? Component, LabelSet.Empty, truth, At(from), At(asOf), TimeSpan.Zero, 0,
            new Evidence(0.97, 0.95, "kv_cache_usage 97% > 95%"), epoch ?? VerdictEpoch.Single, isWarming);

    public static EndpointInput.Verdicts Said(params Verdict[] verdicts) => new([.. verdicts]);

    public static Diagnosis Diagnosis(IncidentPattern pattern = IncidentPattern.Saturation, string metric = "kv_cache_usage", EntityId? entity = null) => new(
        Component, MetricName.Of("latency", "p99"), pattern, new OnsetInterval(At(-10), At(0)),
        [
            new RankedCause(
                1, entity ?? Component, MetricName.Of(metric), 0.9, null, 20, 10, new OnsetInterval(At(-30), At(-20)),
                ["KV cache rose from 60% to 97%"], ["GPU memory stayed flat"]),
        ],
        ["Traffic: arrivals are within their normal range"], "KV cache of assist is full", "Requests wait for KV cache.", 0.9);

    public static AlertContext Context(params AlertPolicy[] policies) => new()
    {
        Endpoint = Endpoint,
        Activation = "one",
        Policies = (policies.Length == 0 ? [Policy()] : policies).ToFrozenDictionary(p => p.RuleId),
        Routes = [new Route { Name = "page", Receiver = "oncall", Matchers = [new Matcher("severity", MatchOperator.Equal, "page")] }, new Route { Name = "rest", Receiver = "log" }],
        Receivers = new[] { new Receiver("oncall", "log"), new Receiver("log") }.ToImmutableDictionary(r => r.Name),
    };
}
