using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Correlation.Ranking;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Correlation.Patterns;

/// <summary>
/// Answers got worse while the infrastructure is as it was, or better. Needs a score that fell, or
/// a rule on one that fires; everything that would
/// explain it has been tried before this.
/// </summary>
/// <remarks>Never says that safety improved because empty or repeated answers offend nobody.</remarks>
internal sealed class QualityDriftDetector : IPatternDetector
{
    public PatternMatch? Match(IncidentFacts facts)
    {
        SeriesFact? first = facts.QualityFell.FirstOrDefault(f => f.Name == QualityDimensions.Integrity)
            ?? facts.QualityFell.FirstOrDefault(f => f.Name != QualityDimensions.Composite)
            ?? (facts.QualityFell.Count > 0 ? facts.QualityFell[0] : null);
        if (first is null)
        {
            return facts.DimensionNamedByRule() is { } named ? ByRule(facts, named.Fact, named.Rule) : null;
        }

        PatternMatch match = new(IncidentPattern.QualityDrift, first.Entity, first.Metric, first.Interval,
            $"{facts.Name(facts.Component)}: {first.Name} falls; {(facts.Latency is null ? "infrastructure flat" : "no cause in the infrastructure")}") { HarmsUsers = true };
        match.Evidence.Add($"{facts.Moved(first)}.");
        foreach (SeriesFact more in facts.QualityFell.Where(f => f != first).Take(3))
        {
            match.Evidence.Add($"{facts.Moved(more)}.");
        }

        if (facts.Latency is { } slower && !slower.Interval!.Value.Precedes(first.Interval!.Value))
        {
            match.Evidence.Add($"{facts.Moved(slower)}: not before the scores, so rather a consequence.");
        }

        if (facts.Find(QualityDimensions.Safety) is { HasHistory: true, Fell: false } safety && first.Name != QualityDimensions.Safety)
        {
            match.RuledOut.Add($"Safety: {facts.Stayed(safety)}; that says nothing good of answers that say nothing.");
        }

        RuleOut.Pressure(facts, match);
        RuleOut.Traffic(facts, match);
        RuleOut.Changes(facts, match);
        return match;
    }

    /// <summary>A rule sees every answer and tests all along; it may be certain before a series of means shows it.</summary>
    private static PatternMatch ByRule(IncidentFacts facts, SeriesFact fact, Verdict rule)
    {
        PatternMatch match = new(IncidentPattern.QualityDrift, fact.Entity, fact.Metric, new OnsetInterval(rule.From, rule.From),
            $"{facts.Name(facts.Component)}: {fact.Name} falls; no cause in the infrastructure") { HarmsUsers = true };
        match.Evidence.Add($"{rule.Evidence.Text}; the mean of its buckets does not show it yet.");
        RuleOut.Pressure(facts, match);
        RuleOut.Traffic(facts, match);
        RuleOut.Changes(facts, match);
        return match;
    }
}
