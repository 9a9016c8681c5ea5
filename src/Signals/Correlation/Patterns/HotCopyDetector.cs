using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// One copy of a component deviates from its siblings: more load, slower, failing, or worse answers, while the component's
/// average hides it. Needs a metric that at least two copies report.
/// </summary>
/// <remarks>Rules out a trouble of the whole component: the other copies stayed within their normal.</remarks>
internal sealed class HotCopyDetector : IPatternDetector
{
    private static readonly string[] Metrics =
    [
        "errors_5xx", "errors_model", "availability", "integrity", "composite", "latency", "ttft", "inter_token_latency", "queue_depth",
        "kv_cache_usage", "concurrency", "requests_running", "requests", "gpu_utilization", "generation_tokens_per_second",
    ];

    public PatternMatch? Match(IncidentFacts facts)
    {
        if (facts.Copies.Count < 2)
        {
            return null;
        }

        SiblingSpread? best = null;
        List<SeriesFact> others = [];
        foreach (string name in Metrics)
        {
            SeriesFact[] copies = [.. facts.Copies.Select(c => facts.FindAt(c, name)).OfType<SeriesFact>().Where(f => f.HasHistory)];
            SiblingSpread? spread = SiblingSpread.Of(copies, facts.Table.SearchFrom, onlyMoved: true);
            // It must be that copy which moved, alone: else all of them are in trouble.
            bool alone = spread is not null && copies.All(c => c == spread.Fact || !c.Moved || Math.Sign(c.Z) != Math.Sign(spread.Fact.Z));
            if (alone && (best is null || (best.Fact.Entity == spread!.Fact.Entity && IsEarlier(spread, best))))
            {
                others = best is null ? others : [.. others, best.Fact];
                best = spread;
            }
            else if (alone && best!.Fact.Entity == spread!.Fact.Entity)
            {
                others.Add(spread.Fact);
            }
        }

        return best is null ? null : Named(facts, best, others);
    }

    /// <summary>Load that moved first explains the errors and waits that followed it.</summary>
    private static bool IsEarlier(SiblingSpread one, SiblingSpread other) =>
        one.Fact.Interval is { } a && other.Fact.Interval is { } b && a.Precedes(b);

    private static PatternMatch Named(IncidentFacts facts, SiblingSpread spread, List<SeriesFact> others)
    {
        SeriesFact copy = spread.Fact;
        PatternMatch match = new(IncidentPattern.HotCopy, copy.Entity, copy.Metric, copy.Interval,
            $"{facts.Name(copy.Entity)}: this copy alone deviates ({copy.Name}); the average hides it")
        {
            HarmsUsers = copy.GotWorse || others.Any(f => f.GotWorse),
        };
        match.Evidence.Add($"{facts.Moved(copy)}; {facts.Copies.Count - 1} other cop{(facts.Copies.Count == 2 ? "y" : "ies")} did not.");
        foreach (SeriesFact other in others.Take(3))
        {
            match.Evidence.Add($"{facts.Moved(other)}.");
        }

        match.RuledOut.Add($"A trouble of all of {facts.Name(facts.Component)}: its other copies are within their normal.");
        RuleOut.Traffic(facts, match);
        return match;
    }
}
